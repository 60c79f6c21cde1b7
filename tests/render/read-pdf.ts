// Reads a PDF back: the words of each page as a reader would see them, top to bottom, left to right.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The words of every page with their places (y grows downwards). */
export async function readPdf(bytes: Uint8Array): Promise<Word[][]> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const pages: Word[][] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const height = page.getViewport({ scale: 1 }).height;
    const { items } = await page.getTextContent();
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str.trim() !== ''
          ? [
              {
                text: item.str,
                x: item.transform[4],
                y: height - item.transform[5],
                width: item.width,
              },
            ]
          : [],
      ),
    );
  }
  await task.destroy();
  return pages;
}

/** A page's words in one line of text. */
export const textOf = (page: readonly Word[]): string => page.map((word) => word.text).join(' ');
