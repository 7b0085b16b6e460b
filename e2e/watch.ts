import {
  expect,
  type BrowserContext,
  type ConsoleMessage,
  type Request,
  type WebError,
} from '@playwright/test';

/** What a browser complained of and asked for, in every context that it follows. */
export class Watch {
  readonly #complaints: string[] = [];
  readonly #requests: string[] = [];
  readonly #endings: (() => void)[] = [];
  #expected: RegExp | null = null;

  follow(context: BrowserContext): void {
    const onConsole = (message: ConsoleMessage) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complaints.push(message.text());
    };
    const onError = (error: WebError) => this.#complaints.push(String(error.error()));
    const onRequest = (request: Request) => this.#requests.push(describeRequest(request));
    context.on('console', onConsole);
    context.on('weberror', onError);
    context.on('request', onRequest);
    this.#endings.push(() => {
      context.off('console', onConsole);
      context.off('weberror', onError);
      context.off('request', onRequest);
    });
  }

  /** For the one spec that breaks the rules on purpose: complaints and requests that match are no failure. */
  expectTrouble(pattern: RegExp): void {
    this.#expected = pattern;
  }

  /** No error, no warning, and no request but the page itself and the blobs it made. */
  check(): void {
    for (const end of this.#endings) end();
    const isUnexpected = (text: string) => !this.#expected?.test(text);
    expect(this.#complaints.filter(isUnexpected), 'console and page errors').toEqual([]);
    const requests = this.#requests.filter((request) => request !== '' && isUnexpected(request));
    expect(requests, 'requests beyond the page itself').toEqual([]);
  }
}

function describeRequest(request: Request): string {
  const url = request.url();
  const isOwn = request.isNavigationRequest() || url.startsWith('blob:') || url.startsWith('data:');
  return isOwn ? '' : `${request.method()} ${url}`;
}
