/** The first line of a Markdown list that this app exports. Programs that show Markdown do not show it. */
export const readingListMark = '<!-- Reading list from Digest Atlas -->';
