/**
 * Runs before any other code of the page and shuts the ways out that its Content-Security-Policy leaves open: WebRTC,
 * frames (each brings globals of its own, WebRTC among them), navigations, other windows, hints to the browser's network,
 * cookies and the clipboard. `npm run campaign:exfiltration` tries them.
 *
 * A script of its own, without imports; ASCII, since its hash has to hold whatever charset the page is read in. What it
 * calls later it binds now: code that comes after it may put anything in the place of what it finds.
 */
(() => {
  /** Of the Navigation API, what the DOM's types do not know yet. */
  interface Navigating {
    readonly navigation?: EventTarget;
    readonly NavigateEvent: {
      readonly prototype: {
        readonly hashChange: boolean;
        readonly navigationType: string;
        readonly downloadRequest: string | null;
        readonly destination: object;
      };
    };
    readonly NavigationDestination: { readonly prototype: { readonly url: string } };
  }

  const { apply } = Reflect;
  const bind = <Owner extends object, Name extends keyof Owner>(
    owner: Owner,
    name: Name,
  ): Owner[Name] extends (...args: infer Args) => infer Result
    ? (self: Owner, ...args: Args) => Result
    : never => {
    const method: unknown = owner[name];
    return ((self: Owner, ...args: unknown[]) => apply(method as () => unknown, self, args)) as never;
  };
  const bindGetter = <Owner extends object, Name extends keyof Owner>(
    owner: Owner,
    name: Name,
  ): ((self: object) => Owner[Name]) => {
    const accessor = Object.getOwnPropertyDescriptor(owner, name) ?? {};
    const get = Reflect.get(accessor, 'get') as () => Owner[Name];
    return (self) => apply(get, self, []);
  };

  const startsWith = bind(String.prototype, 'startsWith');
  const exec = bind(RegExp.prototype, 'exec');
  const { ELEMENT_NODE } = Node;
  const preventDefault = bind(Event.prototype, 'preventDefault');
  const getAttribute = bind(Element.prototype, 'getAttribute');
  const hasAttribute = bind(Element.prototype, 'hasAttribute');
  const getLocalName = bindGetter(Element.prototype, 'localName');
  const getParent = bindGetter(Node.prototype, 'parentNode');
  const isConnected = bindGetter(Node.prototype, 'isConnected');
  const getNodeType = bindGetter(Node.prototype, 'nodeType');
  const home = location.href.split('#', 1)[0] ?? '';

  removeUnheld();
  holdElements();
  holdMarkup();
  holdWindows();
  holdNavigation();
  holdLinks();

  /** Puts something else in the place of a property, for good. */
  function replace(owner: object, name: string, value: unknown): void {
    if (name in owner) Object.defineProperty(owner, name, { value, writable: false, configurable: false });
  }

  /** Asks before a method is called; what is refused throws. */
  function refuse(
    owner: object,
    name: string,
    isRefused: (self: object, args: readonly object[]) => boolean,
  ): void {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    replace(owner, name, function (this: object, ...args: object[]): unknown {
      if (isRefused(this, args)) throw new TypeError(`${name}: refused, as it could lead out of this page`);
      return apply(original, this, args);
    });
  }

  /** Whatever has the browser itself ask, past the page's policy, or hands something to other pages and programs. */
  function removeUnheld(): void {
    const unheld =
      /^(?:webkit|moz)?RTC|^Presentation|^(?:XSLTProcessor|PaymentRequest|Notification|MediaMetadata|cookieStore)$/u;
    for (const name of Object.getOwnPropertyNames(window)) {
      if (exec(unheld, name)) Reflect.deleteProperty(window, name);
    }
    for (const name of ['credentials', 'serviceWorker', 'clipboard', 'joinAdInterestGroup', 'share']) {
      replace(Navigator.prototype, name, undefined);
    }
    replace(Document.prototype, 'cookie', '');
    replace(Document.prototype, 'execCommand', () => false);
  }

  /** No elements that reach out by being there; the link of the file, its icon, stays as it is. */
  function holdElements(): void {
    const forbidden = /^(?:.*:)?(?:i?frame|frameset|fencedframe|portal|object|embed|link|meta|base)$/iu;
    // Asked once what it is, then made of that: an object may answer otherwise the second time.
    for (const [name, at] of [
      ['createElement', 0],
      ['createElementNS', 1],
    ] as const) {
      const create = document[name] as (...args: never[]) => Element;
      replace(Document.prototype, name, function (this: Document, ...args: unknown[]): Element {
        const tag = String(args[at]);
        if (exec(forbidden, tag)) throw new TypeError(`${tag}: not in this page, as it could lead out of it`);
        args[at] = tag;
        return apply(create, this, args as never[]);
      });
    }
    refuse(CustomElementRegistry.prototype, 'define', () => true);
    refuse(Element.prototype, 'attachShadow', () => true);

    const isLink = (node: object) => getNodeType(node) === ELEMENT_NODE && getLocalName(node) === 'link';
    for (const name of [
      'setAttribute',
      'setAttributeNS',
      'setAttributeNode',
      'setAttributeNodeNS',
      'toggleAttribute',
    ]) {
      refuse(Element.prototype, name, isLink);
    }
    for (const name of ['setNamedItem', 'setNamedItemNS']) refuse(NamedNodeMap.prototype, name, () => true);
    for (const name of ['rel', 'relList', 'href']) replace(HTMLLinkElement.prototype, name, null);
    const getValue = bindGetter(Attr.prototype, 'value');
    Object.defineProperty(Attr.prototype, 'value', {
      get(this: Attr): unknown {
        return getValue(this);
      },
      set() {},
      configurable: false,
    });
  }

  /**
   * The only rules for texts that the browser would run or read as markup, where it asks for such rules: a worker made
   * here, and text in which no element begins (a style).
   */
  function holdMarkup(): void {
    const { trustedTypes } = globalThis as {
      trustedTypes?: { createPolicy: (name: string, rules: object) => void };
    };
    const includes = bind(String.prototype, 'includes');
    trustedTypes?.createPolicy('default', {
      createScriptURL: (url: string) => (startsWith(url, 'blob:') ? url : null),
      createHTML: (html: string) => (includes(html, '<') ? null : html),
    });
  }

  /** No other windows, and no words with the one that opened this: messages from windows go unheard. */
  function holdWindows(): void {
    const stopPropagation = bind(Event.prototype, 'stopImmediatePropagation');
    replace(window, 'opener', null);
    replace(Document.prototype, 'open', () => null);
    addEventListener('message', (event) => stopPropagation(event), true);
  }

  /**
   * This page goes nowhere: another section of it, a file made here, or the same page anew. What a person types or picks
   * in the browser's own bars asks nobody.
   */
  function holdNavigation(): void {
    replace(History.prototype, 'pushState', () => {});
    replace(History.prototype, 'replaceState', () => {});
    const { navigation, NavigateEvent, NavigationDestination } = window as unknown as Navigating;
    if (!navigation) return;
    const isHashChange = bindGetter(NavigateEvent.prototype, 'hashChange');
    const getType = bindGetter(NavigateEvent.prototype, 'navigationType');
    const getDownload = bindGetter(NavigateEvent.prototype, 'downloadRequest');
    const getDestination = bindGetter(NavigateEvent.prototype, 'destination');
    const getUrl = bindGetter(NavigationDestination.prototype, 'url');
    navigation.addEventListener('navigate', (event) => {
      if (isHashChange(event) || getType(event) === 'reload') return;
      if (getDownload(event) !== null && startsWith(getUrl(getDestination(event)), 'blob:')) return;
      preventDefault(event);
    });
  }

  /**
   * Links are followed here and not by the browser, which would look at their address after all other code had its say:
   * to a section (`#/model`), which a person may open in another tab, and to a file made here.
   */
  function holdLinks(): void {
    const openWindow = window.open.bind(window);
    const createAnchor = document.createElement.bind(document, 'a') as () => HTMLAnchorElement;
    const click = bind(HTMLElement.prototype, 'click');
    const getPath = bind(Event.prototype, 'composedPath');
    const getEventType = bindGetter(Event.prototype, 'type');
    replace(window, 'open', () => null);

    const isLink = (node: object) =>
      getNodeType(node) === ELEMENT_NODE && (getLocalName(node) === 'a' || getLocalName(node) === 'area');
    const findLink = (target: object | undefined): Element | null => {
      let node = target as Node | null | undefined;
      try {
        while (node && !isLink(node)) node = getParent(node);
      } catch {
        return null; // The window, a port: no part of a document.
      }
      return (node ?? null) as Element | null;
    };
    const follow = (link: Element, isForAnotherTab: boolean) => {
      const href = getAttribute(link, 'href') ?? '';
      if (startsWith(href, '#/')) {
        if (isForAnotherTab) openWindow(home + href, '_blank', 'noopener');
        else location.hash = href;
      }
      if (!startsWith(href, 'blob:') || !hasAttribute(link, 'download')) return;
      const own = createAnchor();
      own.href = href;
      own.download = getAttribute(link, 'download') ?? '';
      click(own);
    };

    for (const type of ['click', 'auxclick'] as const) {
      addEventListener(
        type,
        (event) => {
          const link = findLink(getPath(event)[0]);
          if (!link) return;
          preventDefault(event);
          if (event.button === 2) return;
          follow(link, event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1);
        },
        true,
      );
    }
    addEventListener('submit', (event) => preventDefault(event), true);
    replace(HTMLFormElement.prototype, 'submit', () => {});
    // Outside of the document nobody above hears of a click.
    replace(HTMLElement.prototype, 'click', function (this: HTMLElement): void {
      const link = findLink(this);
      if (link && !isConnected(link)) follow(link, false);
      else click(this);
    });
    // A click that is sent may be one that cannot be prevented.
    refuse(
      EventTarget.prototype,
      'dispatchEvent',
      (self, args) =>
        findLink(self) !== null && exec(/^(?:aux)?click$/u, getEventType(args[0] ?? {})) !== null,
    );
  }
})();
