import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { Paper, PaperTable } from './paper.ts';

/** A weight of the font, which stands beside what its package calls itself. */
const fontOf = (weight: 'Regular' | 'Bold') =>
  fileURLToPath(new URL(`../fonts/NotoSansHans-${weight}.otf`, import.meta.resolve('@embedpdf/fonts-sc')));

const margin = 36;
const ink = '#16211d';
const soft = '#52605a';
const line = '#cfd8d3';
const wash = '#f5f8f6';
const cellSize = 8;
const rowHeight = 17;
const footHeight = 24;

type Document = PDFKit.PDFDocument;

/** The bytes of a paper. */
export async function draw(paper: Paper): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margins: { top: margin, left: margin, right: margin, bottom: margin },
    bufferPages: true,
    info: { Title: paper.title, Author: paper.from, Producer: 'Scrip' },
  });
  doc.registerFont('text', fontOf('Regular'));
  doc.registerFont('strong', fontOf('Bold'));
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  drawHead(doc, paper);
  for (const table of paper.tables) drawTable(doc, table);
  drawEnd(doc, paper);
  drawFeet(doc, paper.foot);
  doc.end();
  await done;
  return new Uint8Array(Buffer.concat(chunks));
}

const widthOf = (doc: Document) => doc.page.width - 2 * margin;
const bottomOf = (doc: Document) => doc.page.height - margin - footHeight;

/** Goes to a new page unless this much fits on this one. */
function keep(doc: Document, height: number): void {
  if (doc.y + height > bottomOf(doc)) doc.addPage();
}

function drawHead(doc: Document, { from, title, facts }: Paper): void {
  doc.font('text').fontSize(10).fillColor(soft).text(from, margin, margin);
  doc.font('strong').fontSize(18).fillColor(ink).text(title);
  doc.moveDown(0.4);
  const columns = 3;
  const width = widthOf(doc) / columns;
  const top = doc.y;
  for (const [n, [label, value]] of facts.entries()) {
    const x = margin + (n % columns) * width;
    const y = top + Math.floor(n / columns) * 28;
    doc.font('text').fontSize(8).fillColor(soft).text(label, x, y, oneLine(width));
    doc
      .fontSize(10)
      .fillColor(ink)
      .text(value, x, y + 11, oneLine(width - 8));
  }
  doc.x = margin;
  doc.y = top + Math.ceil(facts.length / columns) * 28 + 6;
}

const oneLine = (width: number) => ({ width, lineBreak: false, ellipsis: true, height: 14 });

function drawTable(doc: Document, table: PaperTable): void {
  keep(doc, 3 * rowHeight + 20);
  doc.font('strong').fontSize(11).fillColor(ink).text(table.title, margin, doc.y);
  doc.moveDown(0.3);
  drawRow(
    doc,
    table,
    table.columns.map(({ title }) => title),
    'head',
  );
  for (const row of table.rows) {
    if (doc.y + rowHeight > bottomOf(doc)) {
      doc.addPage();
      drawRow(
        doc,
        table,
        table.columns.map(({ title }) => title),
        'head',
      );
    }
    drawRow(doc, table, row, 'row');
  }
  if (table.rows.length === 0) {
    doc
      .font('text')
      .fontSize(9)
      .fillColor(soft)
      .text(table.empty, margin + 4, doc.y + 4);
    doc.moveDown(0.5);
  }
  for (const row of table.totals) {
    keep(doc, rowHeight);
    drawRow(doc, table, row, 'total');
  }
  doc.x = margin;
  doc.y += 14;
}

function drawRow(
  doc: Document,
  { columns }: PaperTable,
  cells: readonly string[],
  kind: 'head' | 'row' | 'total',
): void {
  const whole = columns.reduce((sum, { wide }) => sum + wide, 0);
  const width = widthOf(doc);
  const top = doc.y;
  if (kind !== 'row') doc.rect(margin, top, width, rowHeight).fill(wash);
  let x = margin;
  for (const [n, { wide, align }] of columns.entries()) {
    const share = (width * wide) / whole;
    const text = cells[n] ?? '';
    const room = share - 8;
    doc
      .font(kind === 'total' ? 'strong' : 'text')
      .fontSize(fitting(doc, text, room))
      .fillColor(kind === 'head' ? soft : ink)
      .text(text, x + 4, top + 4, { ...oneLine(room), align });
    x += share;
  }
  doc
    .moveTo(margin, top + rowHeight)
    .lineTo(margin + width, top + rowHeight)
    .lineWidth(0.5)
    .strokeColor(line)
    .stroke();
  doc.x = margin;
  doc.y = top + rowHeight;
}

/** Amounts are never cut: what is long is written smaller. */
function fitting(doc: Document, text: string, room: number): number {
  const width = doc.fontSize(cellSize).widthOfString(text);
  return width <= room ? cellSize : Math.max(5, (cellSize * room) / width);
}

function drawEnd(doc: Document, { notes, signatures }: Paper): void {
  for (const note of notes) {
    keep(doc, 16);
    doc
      .font('text')
      .fontSize(8.5)
      .fillColor(soft)
      .text(note, margin, doc.y, { width: widthOf(doc) });
    doc.moveDown(0.2);
  }
  if (signatures.length === 0) return;
  keep(doc, 60);
  const width = widthOf(doc) / signatures.length;
  const top = doc.y + 30;
  for (const [n, signature] of signatures.entries()) {
    const x = margin + n * width;
    doc
      .moveTo(x, top)
      .lineTo(x + width - 40, top)
      .lineWidth(0.5)
      .strokeColor(soft)
      .stroke();
    doc
      .font('text')
      .fontSize(8.5)
      .fillColor(soft)
      .text(signature, x, top + 4, oneLine(width - 40));
  }
}

function drawFeet(doc: Document, foot: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let n = 0; n < count; n++) {
    doc.switchToPage(start + n);
    // The foot stands in the margin, where text would begin a page.
    doc.page.margins.bottom = 0;
    const y = doc.page.height - margin - 6;
    doc
      .font('text')
      .fontSize(8)
      .fillColor(soft)
      .text(foot, margin, y, oneLine(widthOf(doc)));
    doc.text(`${n + 1} / ${count}`, margin, y, { ...oneLine(widthOf(doc)), align: 'right' });
  }
}
