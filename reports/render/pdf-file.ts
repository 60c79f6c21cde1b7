// The file around the pages. pdfkit keeps its objects, pages and document information; what stands on a page comes as
// one piece from our own pen. Equal input gives equal bytes: no clock, no random ids.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { EmbeddedFont } from './embedded-font.ts';
import type { PageShape } from './page-columns.ts';
import { FONT_NAMES, PagePen } from './page-pen.ts';
import { attachCsv, declareArchive, fileTitle, languageOf } from './pdf-archive.ts';
import { paperFonts, type Weight } from './pdf-fonts.ts';
import { PdfObjects, type Ref } from './pdf-objects.ts';
import type { ReportSource } from './report-source.ts';
import { StructureTree } from './structure-tree.ts';
import { nameOf } from './title-words.ts';

/** What pdfkit keeps of a page. */
interface PageObjects {
  readonly content: Ref;
  readonly dictionary: Ref & { readonly data: { Contents: unknown; StructParents: number } };
  readonly fonts: Record<string, Ref>;
}

const WEIGHTS: readonly Weight[] = ['regular', 'semibold', 'bold'];
const SUBSETS: Readonly<Record<Weight, string>> = {
  regular: 'DAYBKR',
  semibold: 'DAYBKS',
  bold: 'DAYBKB',
};
const NUMBERS_AT_ONCE = 256;

const forWeights = <T>(make: (weight: Weight) => T): Record<Weight, T> => ({
  regular: make('regular'),
  semibold: make('semibold'),
  bold: make('bold'),
});

export class PdfFile {
  /** Draws on the page that was begun last. */
  readonly pen: PagePen;
  /** What its pages mean. */
  readonly tree: StructureTree;
  readonly #source: ReportSource;
  readonly #doc: PdfObjects;
  readonly #out: Writable;
  readonly #fonts: Record<Weight, EmbeddedFont>;
  readonly #dictionaries: Record<Weight, Ref>;
  /** A place on every page for its number, filled at the end: until then nobody knows how many pages there are. */
  readonly #numbers: Ref[] = [];

  /** Begins the first page. */
  constructor(source: ReportSource, shape: PageShape, out: Writable) {
    this.#source = source;
    this.#out = out;
    // Who stops reading is noticed at the next page; without a listener a stream's fault would end the process.
    out.on('error', () => {});
    this.#doc = openDocument(source, shape);
    this.#fonts = forWeights((weight) => new EmbeddedFont(paperFonts()[weight]));
    this.#dictionaries = forWeights(() => this.#doc.ref({}));
    this.tree = new StructureTree(this.#doc);
    this.pen = new PagePen(this.#fonts);
    this.#beginPage();
  }

  /** Goes on to the next page when the reader has taken the last. @throws when the reader has gone. */
  async turn(): Promise<void> {
    this.#endPage();
    this.#beginPage();
    await this.#send();
  }

  /** Ends the file. @param number draws on a page which of how many it is. */
  async end(number: (pen: PagePen, page: number, pages: number) => void): Promise<void> {
    this.#endPage();
    this.tree.end();
    for (const [at, ref] of this.#numbers.entries()) {
      number(this.pen, at + 1, this.#numbers.length);
      ref.compress = false;
      ref.end(this.pen.take());
      if (at % NUMBERS_AT_ONCE === NUMBERS_AT_ONCE - 1) await this.#send();
    }
    for (const weight of WEIGHTS) {
      this.#fonts[weight].embed(this.#doc, SUBSETS[weight], this.#dictionaries[weight]);
    }
    await attachCsv(this.#doc, this.#source, () => this.#send());
    declareArchive(this.#doc, this.#source);
    this.#doc.end();
    await this.#send();
    this.#out.end();
    if (!this.#out.writableFinished) await this.#either('finish', 'close');
    if (!this.#out.writableFinished) this.#checkReader();
  }

  #endPage(): void {
    this.#doc.addContent(this.pen.take());
    this.tree.endPage();
  }

  #beginPage(): void {
    this.#doc.addPage();
    const page = this.#doc.page as unknown as PageObjects;
    for (const weight of WEIGHTS) page.fonts[FONT_NAMES[weight]] = this.#dictionaries[weight];
    const number = this.#doc.ref({});
    page.dictionary.data.Contents = [page.content, number];
    page.dictionary.data.StructParents = this.tree.beginPage(page.dictionary.id);
    this.#numbers.push(number);
  }

  async #send(): Promise<void> {
    this.#checkReader();
    const bytes = this.#doc.read() as Buffer | null;
    if (bytes && !this.#out.write(bytes)) await this.#either('drain', 'close');
    this.#checkReader();
  }

  #checkReader(): void {
    if (this.#out.destroyed) {
      throw this.#out.errored ?? new Error('the reader of the PDF has gone');
    }
  }

  async #either(...events: readonly string[]): Promise<void> {
    const stop = new AbortController();
    try {
      await Promise.race(events.map((event) => once(this.#out, event, { signal: stop.signal })));
    } finally {
      stop.abort();
    }
  }
}

function openDocument(source: ReportSource, shape: PageShape): PdfObjects {
  const { body, digest } = source;
  const recorded = new Date(body.recordedAt);
  return new PdfObjects({
    autoFirstPage: false,
    size: shape.paper,
    layout: shape.landscape ? 'landscape' : 'portrait',
    margin: 0,
    pdfVersion: '1.7',
    lang: languageOf(body.book.locale),
    tagged: true,
    displayTitle: true,
    font: null,
    info: {
      Title: fileTitle(source),
      Author: nameOf(body.book),
      Subject: `Ledger position ${body.position}`,
      Keywords: digest,
      CreationDate: recorded,
      ModDate: recorded,
    },
  } as unknown as PDFKit.PDFDocumentOptions);
}
