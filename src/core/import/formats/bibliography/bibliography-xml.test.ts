import { describe, expect, it } from 'vitest';
import { endnoteXml } from './endnote-xml';
import { pubmedXml } from './pubmed-xml';

const doctype =
  '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example.org/p.dtd">';
const entityBomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';

describe('bibliographies in XML', () => {
  it.each([
    ['<PubmedArticleSet/>', false],
    ['<PubmedArticleSet>', true],
    [`\uFEFF<?xml version="1.0"?>\n${doctype}\n<PubmedArticleSet>`, true],
    ['<PubmedArticle>', true],
    ['<!-- a --><PubmedBookArticle>', true],
    ['<html><PubmedArticleSet>', false],
    ['<?xml version="1.0"?><rss><item>&lt;PubmedArticleSet></item></rss>', false],
    ['', false],
  ])('fits as PubMed %j: %s', (text, fits) => {
    expect(pubmedXml.fits(text)).toBe(fits);
  });

  it.each([
    ['<xml><records>', true],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n <records>\n', true],
    ['<records><record>', true],
    ['<xml><record>', false],
    ['<feed><xml><records>', false],
    ['', false],
  ])('fits as EndNote %j: %s', (text, fits) => {
    expect(endnoteXml.fits(text)).toBe(fits);
  });

  it.each([
    ['PubMed', pubmedXml, '<PubmedArticleSet><PubmedArticle>'],
    ['EndNote', endnoteXml, '<xml><records><record>'],
  ])('refuses entities that a file of %s declares', (_, format, rest) => {
    expect(format.parse(`<?xml version="1.0"?>${entityBomb}${rest}`)).toEqual({
      papers: [],
      problems: [{ where: 'file', why: expect.stringContaining('entities') as string }],
    });
  });

  it.each([
    ['PubMed', pubmedXml, '<PubmedArticle><Article>', '<PubmedArticleSet>'],
    ['EndNote', endnoteXml, '<record><titles><title>', '<xml><records>'],
  ])('does not hang on elements of %s nested 100,000 deep', (_, format, nested, before) => {
    const { papers, problems } = format.parse(before + nested.repeat(50_000));
    expect(papers).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('reports a file that is cut off after a record, before an abstract and within one', () => {
    const record = '<record><titles><title>T</title></titles><abstract>A</abstract></record>';
    const last = '<record><titles><title>Half a ti';
    expect(endnoteXml.parse(`<xml><records>${record}</records></xml>`).problems).toEqual([]);
    expect(endnoteXml.parse(`<xml><records>${record}`)).toMatchObject({
      papers: [{ title: 'T' }],
      problems: [{ where: 'end of file', why: 'The file is cut off after record 1.' }],
    });
    expect(endnoteXml.parse(`<xml><records>${record}${last}`)).toMatchObject({
      papers: [{ title: 'T' }],
      problems: [{ where: 'record 2', isSkipped: true }],
    });
    expect(endnoteXml.parse(`<xml><records>${record.slice(0, -20)}`)).toMatchObject({
      papers: [{ title: 'T', abstract: 'A', isExcerpt: true }],
      problems: [{ where: 'record 1', why: 'The file ends within this record.' }],
    });
  });

  it('reports a skipped record once, with all its faults', () => {
    const doi = '<electronic-resource-num>none</electronic-resource-num>';
    expect(endnoteXml.parse(`<xml><records><record>${doi}<titles><title>Half a ti`).problems).toEqual([
      {
        where: 'record 1',
        why: 'DOI left out: "none" is not one. The file ends before this record has an abstract.',
        isSkipped: true,
      },
    ]);
  });
});
