// What the pages say, for those who hear them: a document with a heading, paragraphs and a table. Elements are written as
// they are complete; what is kept is numbers: the elements of a page, and the rows of a group. ISO 32000-1 §14.7–14.8.
import type { PdfObjects, Ref } from './pdf-objects.ts';

/** What a cell is the head of; null where it holds data. */
export type HeadOf = 'Column' | 'Row' | null;

export class StructureTree {
  readonly #objects: PdfObjects;
  readonly #document: number;
  readonly #root: Ref;
  readonly #elements: number[] = [];
  /** What leads from a page (the list of its elements) or from a link to elements, by key. */
  readonly #parents: number[] = [];
  /** The elements of what stands on the page, by their order on it. */
  #onPage: number[] = [];
  #page = '';
  #pageKey = 0;
  #contents = 0;
  #items: number[] = [];
  #table = 0;
  #sections: number[] = [];
  #section = 0;
  #sectionKind = '';
  #rows: number[] = [];
  #row = 0;
  #cells: number[] = [];

  constructor(objects: PdfObjects) {
    this.#objects = objects;
    this.#root = objects.root['StructTreeRoot'] as Ref;
    this.#document = objects.reserve();
  }

  /** @param page its number as an object. @returns its key among the pages. */
  beginPage(page: number): number {
    this.#page = `/Pg ${page} 0 R/K `;
    this.#pageKey = this.#parents.push(0) - 1;
    return this.#pageKey;
  }

  endPage(): void {
    const list = this.#objects.reserve();
    this.#write(list, '[', this.#onPage, ']');
    this.#parents[this.#pageKey] = list;
    this.#onPage = [];
  }

  /** @returns the number of its content on the page. */
  paragraph(kind: 'H1' | 'P'): number {
    const element = this.#objects.reserve();
    const content = this.#begin(element, kind, this.#document, '', true);
    this.#objects.ink.text('>>\n');
    this.#elements.push(element);
    return content;
  }

  /**
   * A figure, which is drawn and has words in it.
   * @param says what it shows, in ASCII, for those who don't see it
   * @returns the numbers of its drawing and of its words on the page
   */
  figure(says: string): { graphics: number; words: number } {
    const element = this.#objects.reserve();
    const graphics = this.#onPage.push(element) - 1;
    const words = this.#onPage.push(element) - 1;
    const alternative = says.replace(/[^ -~]/g, '?').replace(/[\\()]/g, '\\$&');
    this.#objects.begin(element);
    this.#objects.ink.text(
      `<</S/Figure/P ${this.#document} 0 R/Alt(${alternative})${this.#page}[${graphics} ${words}]>>\n`,
    );
    this.#elements.push(element);
    return { graphics, words };
  }

  /** A list of links, one to each part of the document. */
  beginContents(): void {
    this.#contents = this.#objects.reserve();
    this.#elements.push(this.#contents);
  }

  /**
   * A link in it.
   * @param annotation the link's number as an object
   * @returns the numbers of its words and its page number on the page, and the annotation's key among the parents
   */
  contentsItem(annotation: number): { words: number; number: number; key: number } {
    const [item, reference, link] = [1, 2, 3].map(() => this.#objects.reserve()) as [
      number,
      number,
      number,
    ];
    const words = this.#onPage.push(link) - 1;
    const number = this.#onPage.push(link) - 1;
    this.#objects.begin(link);
    this.#objects.ink.text(
      `<</S/Link/P ${reference} 0 R${this.#page}[${words} ${number}<</Type/OBJR/Obj ${annotation} 0 R>>]>>\n`,
    );
    this.#group(reference, 'Reference', item, [link]);
    this.#group(item, 'TOCI', this.#contents, [reference]);
    this.#items.push(item);
    return { words, number, key: this.#parents.push(link) - 1 };
  }

  endContents(): void {
    this.#group(this.#contents, 'TOC', this.#document, this.#items);
    this.#items = [];
  }

  beginTable(): void {
    this.#sections = [];
    this.#table = this.#objects.reserve();
    this.#elements.push(this.#table);
    this.beginSection('THead');
  }

  /** A group of rows; the one before is complete. */
  beginSection(kind: 'THead' | 'TBody'): void {
    this.#endSection();
    this.#section = this.#objects.reserve();
    this.#sectionKind = kind;
  }

  beginRow(): void {
    this.#row = this.#objects.reserve();
    this.#cells = [];
    this.#rows.push(this.#row);
  }

  /** @param span columns that it takes. @returns the number of its content on the page, -1 for none. */
  cell(head: HeadOf, span: number, filled: boolean): number {
    const element = this.#objects.reserve();
    this.#cells.push(element);
    let attributes = head ? `/A<</O/Table/Scope/${head}` : '';
    if (span > 1) attributes += `${head ? '' : '/A<</O/Table'}/ColSpan ${span}`;
    if (attributes !== '') attributes += '>>';
    const content = this.#begin(element, head ? 'TH' : 'TD', this.#row, attributes, filled);
    this.#objects.ink.text('>>\n');
    return content;
  }

  endRow(): void {
    this.#group(this.#row, 'TR', this.#section, this.#cells);
  }

  /** A table without rows has a body without rows: heads alone are no table (PDF/UA-1 §7.2). */
  endTable(): void {
    this.#endSection();
    if (this.#sections.length === 1) {
      this.#group(this.#section, 'TBody', this.#table, []);
      this.#sections.push(this.#section);
    }
    this.#group(this.#table, 'Table', this.#document, this.#sections);
  }

  end(): void {
    this.#objects.begin(this.#document);
    const ink = this.#objects.ink;
    ink.text(`<</S/Document/P ${this.#root}/K[`);
    this.#list(this.#elements);
    ink.text(']>>\n');
    const keys = this.#objects.reserve();
    this.#objects.begin(keys);
    ink.text('<</Nums[');
    for (const [at, list] of this.#parents.entries()) ink.text(`${at} ${list} 0 R `);
    ink.text(']>>\n');
    Object.assign(this.#root.data, {
      K: [reference(this.#document)],
      ParentTree: reference(keys),
      ParentTreeNextKey: this.#parents.length,
    });
  }

  #endSection(): void {
    if (this.#rows.length === 0) return;
    this.#group(this.#section, this.#sectionKind, this.#table, this.#rows);
    this.#sections.push(this.#section);
    this.#rows = [];
  }

  #group(element: number, kind: string, parent: number, children: readonly number[]): void {
    this.#begin(element, kind, parent, '/K[', false);
    this.#list(children);
    this.#objects.ink.text(']>>\n');
  }

  #begin(element: number, kind: string, parent: number, more: string, filled: boolean): number {
    const { ink } = this.#objects;
    this.#objects.begin(element);
    ink.text(`<</S/${kind}/P `);
    ink.whole(parent);
    ink.text(' 0 R');
    ink.text(more);
    if (!filled) return -1;
    ink.text(this.#page);
    ink.whole(this.#onPage.length);
    return this.#onPage.push(element) - 1;
  }

  #write(number: number, before: string, children: readonly number[], after: string): void {
    this.#objects.begin(number);
    this.#objects.ink.text(before);
    this.#list(children);
    this.#objects.ink.text(`${after}\n`);
  }

  #list(numbers: readonly number[]): void {
    const { ink } = this.#objects;
    for (const number of numbers) {
      ink.whole(number);
      ink.text(' 0 R ');
    }
  }
}

/** As pdfkit writes it: a value that isn't text, number or list is written as it says itself. */
const reference = (number: number): unknown =>
  Object.assign(() => {}, { toString: () => `${number} 0 R` });
