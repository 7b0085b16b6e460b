import { damaged } from './zip.ts';

/** What is told of an XML text as it is read: names without their prefixes. */
export interface XmlListener {
  readonly onOpen?: (name: string, attributes: Attributes) => void;
  /** Text between two tags, its entities replaced. */
  readonly onText?: (text: string) => void;
  /** Of an empty element too. */
  readonly onClose?: (name: string) => void;
}

/** The value of an attribute, by its name without a prefix; undefined where it is absent. */
export type Attributes = (name: string) => string | undefined;

/** Characters without the end of a tag or of a text: more are no workbook. */
const longestToken = 1 << 22;

/**
 * Reads XML as workbooks hold it, in one pass over pieces cut anywhere: elements, attributes, text, CDATA. A document
 * type, with which small files unfold into large ones, is refused. Throws `workbook-damaged`.
 */
export function createXmlReader({ onOpen, onText, onClose }: XmlListener) {
  const decoder = new TextDecoder();
  let rest = '';

  function push(piece: Uint8Array): void {
    const text = rest + decoder.decode(piece, { stream: true });
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open < 0) break;
      const end = findTagEnd(text, open);
      if (end < 0) break;
      if (open > at) onText?.(replaceEntities(text.slice(at, open)));
      take(text, open, end);
      at = end + 1;
    }
    rest = text.slice(at);
    if (rest.length > longestToken) throw damaged('its XML has no end');
  }

  function take(text: string, open: number, end: number): void {
    const code = text.charCodeAt(open + 1);
    if (code === QUESTION) return;
    if (code === EXCLAMATION) {
      if (text.startsWith('<![CDATA[', open)) onText?.(text.slice(open + 9, end - 2));
      else if (!text.startsWith('<!--', open)) throw damaged('its XML has a document type');
      return;
    }
    if (code === SLASH) {
      onClose?.(bare(text.slice(open + 2, end).trimEnd()));
      return;
    }
    const isEmpty = text.charCodeAt(end - 1) === SLASH;
    const tag = text.slice(open + 1, isEmpty ? end - 1 : end);
    const space = tag.search(/\s/);
    const name = bare(space < 0 ? tag : tag.slice(0, space));
    onOpen?.(name, (attribute) => (space < 0 ? undefined : findAttribute(tag, attribute)));
    if (isEmpty) onClose?.(name);
  }

  return {
    push,
    /** Throws where something is left over. */
    end(): void {
      if (rest.trim() !== '') throw damaged('its XML is cut off');
    },
  };
}

const EXCLAMATION = 33;
const SLASH = 47;
const QUESTION = 63;

/** Position of the `>` that ends the tag, the comment or the CDATA at `open`; −1 where it is not there yet. */
function findTagEnd(text: string, open: number): number {
  if (text.startsWith('<!--', open)) return findBehind(text, '-->', open + 4);
  if (text.startsWith('<![CDATA[', open)) return findBehind(text, ']]>', open + 9);
  for (let end = text.indexOf('>', open); end >= 0; end = text.indexOf('>', end + 1)) {
    // A `>` inside a value leaves a quote open.
    if (!isInQuotes(text, open, end)) return end;
  }
  return -1;
}

function isInQuotes(text: string, from: number, to: number): boolean {
  let quote = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (quote === 0 ? code === 34 || code === 39 : code === quote) quote = quote === 0 ? code : 0;
  }
  return quote !== 0;
}

function findBehind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length - 1;
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function findAttribute(tag: string, name: string): string | undefined {
  if (!unusual.test(tag)) {
    const at = tag.indexOf(` ${name}="`);
    if (at < 0) return undefined;
    const from = at + name.length + 3;
    return replaceEntities(tag.slice(from, tag.indexOf('"', from)));
  }
  for (const [, found, quoted, single = ''] of tag.matchAll(attribute)) {
    if (found === name) return replaceEntities(quoted ?? single);
  }
  return undefined;
}

/** Prefixes, single quotes, other spaces: nearly all tags have none. */
const unusual = /[:'\t\n\r]|\s=|=\s/;
const attribute = /\s(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function replaceEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}
