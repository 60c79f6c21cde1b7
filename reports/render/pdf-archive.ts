// What makes a PDF fit for archives (PDF/A-3a, ISO 19005-3) and for screen readers (PDF/UA-1, ISO 14289-1): what it says
// of itself, the meaning of its colours, and the figures beside it as the CSV that the same document gives.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import { writeCsv } from './csv.ts';
import { localeOf } from './figures.ts';
import { writeAddress } from './pdf-address.ts';
import type { PdfObjects, Ref } from './pdf-objects.ts';
import type { ReportSource } from './report-source.ts';
import { nameOf, type TitleFacts } from './title-words.ts';

/** Bytes that are packed together: by content alone, so that equal rows give equal bytes however they are read. */
const BLOCK = 256 * 1024;

/** sRGB2014 of the International Color Consortium, free to embed; pdfkit carries it. */
let profile: Buffer | undefined;
const colourProfile = (): Buffer => {
  const pdfkit = createRequire(import.meta.url).resolve('pdfkit');
  profile ??= deflateSync(readFileSync(new URL('data/sRGB_IEC61966_2_1.icc', `file://${pdfkit}`)));
  return profile;
};

/** What a file says of itself. */
export interface FileFacts {
  readonly body: TitleFacts;
  readonly digest: string;
  /** Names of the reports of a pack, in their order. */
  readonly reports?: readonly string[];
}

/** The title of the file. */
export const fileTitle = ({ body }: FileFacts): string =>
  `${body.title} ${body.period.key} · ${nameOf(body.book)}`;

/** What the file is, which `read-stamp.ts` reads. */
export const addressOf = ({ body, reports }: FileFacts): string =>
  writeAddress({
    ...{ kind: reports ? 'pack' : 'report', period: body.period.key },
    reports: reports ?? [body.report],
  });

/** The language of the words: English, as the book's place writes it. */
export function languageOf(locale: string): string {
  const { language, region } = localeOf(locale);
  return language === 'en' && region ? `en-${region}` : 'en';
}

/** Says which standards the file keeps, and what its colours mean. */
export function declareArchive(objects: PdfObjects, source: FileFacts): void {
  const metadata = objects.ref({ Type: 'Metadata', Subtype: 'XML' });
  metadata.compress = false;
  metadata.end(Buffer.from(metadataOf(source)));
  const colours = objects.ref({ N: 3, Filter: 'FlateDecode' });
  colours.end(colourProfile());
  const intent = objects.ref({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    Info: new String('sRGB IEC61966-2.1'),
    OutputConditionIdentifier: new String('sRGB IEC61966-2.1'),
    DestOutputProfile: colours,
  });
  intent.end(undefined);
  Object.assign(objects.root, { Metadata: metadata, OutputIntents: [intent] });
}

/** Attaches the CSV, read and packed as it is written. @param sent waits until the reader has taken what there is. */
export async function attachCsv(
  objects: PdfObjects,
  source: ReportSource,
  sent: () => Promise<void>,
): Promise<void> {
  const { body } = source;
  const file = objects.ref({});
  const size = objects.reserve();
  const moment = body.recordedAt.replace(/\.\d+|[-:T]/g, '');
  const head = `/Type/EmbeddedFile/Subtype/text#2Fcsv/Params<</Size ${size} 0 R/ModDate(D:${moment})>>`;
  const bytes = await objects.stream(file, head, inBlocks(writeCsv(source)), sent);
  objects.begin(size);
  objects.ink.text(`${bytes}\n`);
  const name = new String(`${body.book.slug}-${body.report}-${body.period.key}.csv`);
  const specification = objects.ref({
    Type: 'Filespec',
    AFRelationship: 'Data',
    F: name,
    UF: name,
    Desc: new String('The figures as CSV'),
    EF: { F: file, UF: file },
  });
  specification.end(undefined);
  objects.addNamedEmbeddedFile(`${name}`, specification);
  objects.root['AF'] = [...((objects.root['AF'] as Ref[] | undefined) ?? []), specification];
}

async function* inBlocks(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let [waiting, size]: [Uint8Array[], number] = [[], 0];
  for await (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    if (size < BLOCK) continue;
    const all = Buffer.concat(waiting);
    const whole = size - (size % BLOCK);
    for (let from = 0; from < whole; from += BLOCK) yield all.subarray(from, from + BLOCK);
    waiting = [all.subarray(whole)];
    size -= whole;
  }
  yield Buffer.concat(waiting);
}

/** As XML takes it; what no XML may say is left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** XMP (ISO 16684-1). PDF/A knows no PDF/UA, so its sign is described beside. */
function metadataOf(source: FileFacts): string {
  const { body, digest } = source;
  const moment = body.recordedAt.replace(/\.\d+/, '');
  const one = (text: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" pdfaid:part="3" pdfaid:conformance="A" pdfuaid:part="1" xmp:CreateDate="${moment}" xmp:ModifyDate="${moment}" xmp:CreatorTool="Daybook" pdf:Producer="PDFKit" pdf:Keywords="${digest}">
<dc:title>${one(fileTitle(source))}</dc:title><dc:creator><rdf:Seq><rdf:li>${escaped(nameOf(body.book))}</rdf:li></rdf:Seq></dc:creator><dc:description>${one(`Ledger position ${body.position}`)}</dc:description><dc:language><rdf:Bag><rdf:li>${languageOf(body.book.locale)}</rdf:li></rdf:Bag></dc:language>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}
