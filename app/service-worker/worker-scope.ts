/** What a service worker's own events are, of which the browser's types for pages know nothing. */
export type Lasting = Event & { waitUntil(work: Promise<unknown>): void };
export type Asked = Lasting & { request: Request; clientId: string; respondWith(answer: Promise<Response>): void };
export type Told = Lasting & { data: unknown };

type Events = { install: Lasting; activate: Lasting; fetch: Asked; message: Told };
type Client = { url: string; navigate(url: string): Promise<unknown> };

export type WorkerScope = {
  addEventListener<Name extends keyof Events>(name: Name, handle: (event: Events[Name]) => void): void;
  skipWaiting(): Promise<void>;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    get(id: string): Promise<Client | undefined>;
    matchAll(options: { type: "window"; includeUncontrolled?: boolean }): Promise<Client[]>;
  };
};
