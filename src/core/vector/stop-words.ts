function wordSet(...lists: string[]): ReadonlySet<string> {
  return new Set(
    lists
      .join(' ')
      .split(/\s+/)
      .filter((word) => word !== ''),
  );
}

const functionWordText = `
  a about above across after again against all almost along also although always am among an and another any are
  around as at be became because been before being below between both but by can cannot could did do does doing
  down due during each either else et al etc even ever every few for from further had has have having he hence her here
  hers him his how however i if in into is it its itself just least less like many may me might more moreover most
  much must my neither no nor not now of off often on once one only onto or other others our ours out over own per
  perhaps quite rather same several she should since so some still such than that the their theirs them then
  there thereby therefore these they this those though three through throughout thus to together too toward
  towards two under until up upon us use used using very via was we well were what when where whether which while
  who whom whose why will with within without would yet you your`;

const stockWordText = `
  abstract approach approaches based demonstrate demonstrates existing method methods novel paper present
  propose proposed proposes result results show shows state art work works`;

/** English function words, which a search ignores. */
export const functionWords = wordSet(functionWordText);

/** English words that say nothing about a paper's subject: function words, and the stock words of abstracts. */
export const stopWords = wordSet(functionWordText, stockWordText);
