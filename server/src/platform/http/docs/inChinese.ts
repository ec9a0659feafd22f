type Table = Readonly<Record<string, string>>;

/** The Chinese of one area: of its groups of operations, of its operations by their ids, and of what is said of fields by the English. */
export type InChinese = { readonly tags: Table; readonly summaries: Table; readonly descriptions: Table };
