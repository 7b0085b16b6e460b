/** Properties that a stylesheet gives and a file must carry. */
const carried = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
  'visibility',
] as const;

export interface DrawingTexts {
  readonly title: string;
  readonly subtitle: string;
  readonly caption: string;
}

/** The chart as a self-contained SVG text: styles resolved, with its title, subtitle and caption. */
export function drawingToSvg(
  chart: SVGSVGElement,
  texts: DrawingTexts,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const { width, height } = chart.getBoundingClientRect();
  const clone = chart.cloneNode(true) as SVGSVGElement;
  copyStyles(chart, clone);
  clone.setAttribute('x', '0');
  clone.setAttribute('y', '48');
  clone.setAttribute('width', String(width));
  clone.setAttribute('height', String(height));
  clone.removeAttribute('style');
  const colors = getComputedStyle(chart);
  const ink = colors.getPropertyValue('--chart-text').trim() || '#333';
  const ground = colors.getPropertyValue('--chart-ground').trim() || '#fff';
  const captionLines = wrap(texts.caption, Math.floor(width / 6.2));
  const total = 48 + height + 16 * captionLines.length + 12;
  const text = (content: string, y: number, size: number, weight: number) =>
    `<text x="8" y="${y}" font-family="${escapeXml(colors.fontFamily)}" font-size="${size}" font-weight="${weight}" fill="${ink}">${escapeXml(content)}</text>`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<rect width="100%" height="100%" fill="${ground}"/>`,
    text(texts.title, 20, 15, 600),
    text(texts.subtitle, 38, 12, 400),
    new XMLSerializer().serializeToString(clone),
    ...captionLines.map((line, i) => text(line, 48 + height + 16 * (i + 1), 12, 400)),
    '</svg>',
  ].join('\n');
  return { svg, width, height: total };
}

/** The same as a PNG at twice the size on screen. */
export async function drawingToPng(chart: SVGSVGElement, texts: DrawingTexts): Promise<Blob> {
  const { svg, width, height } = drawingToSvg(chart, texts);
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the browser made no picture'))),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function copyStyles(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  for (const property of carried) {
    const value = computed.getPropertyValue(property);
    if (value !== '') to.setAttribute(property, value);
  }
  to.removeAttribute('class');
  for (let i = 0; i < from.children.length; i++)
    copyStyles(from.children[i] as Element, to.children[i] as Element);
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
