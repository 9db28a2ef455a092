// A small durable map in the browser (IndexedDB). Where there is none (private windows of some browsers), it forgets.

export type Kept<T> = {
  all: () => Promise<T[]>;
  put: (key: string, value: T) => Promise<void>;
  remove: (key: string) => Promise<void>;
};

const STORES = ["outbox", "drafts"] as const;
export type KeptName = (typeof STORES)[number];

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("oqto", 1);
    request.addEventListener("upgradeneeded", () => {
      for (const name of STORES) request.result.createObjectStore(name);
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB does not open")));
  });
  return opened;
}

function done<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB failed")));
  });
}

export function kept<T>(name: KeptName): Kept<T> {
  const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
    (await database()).transaction(name, mode).objectStore(name);
  return {
    all: async () => (await done((await store("readonly")).getAll())) as T[],
    put: async (key, value) => {
      await done((await store("readwrite")).put(value, key));
    },
    remove: async (key) => {
      await done((await store("readwrite")).delete(key));
    },
  };
}

/** The same in memory. */
export function forgetful<T>(): Kept<T> {
  const values = new Map<string, T>();
  return {
    all: () => Promise.resolve([...values.values()]),
    put: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
    remove: (key) => {
      values.delete(key);
      return Promise.resolve();
    },
  };
}

/** The durable one where the browser has it, else the forgetful one. */
export function keptWherePossible<T>(name: KeptName): Kept<T> {
  return typeof indexedDB === "undefined" ? forgetful<T>() : kept<T>(name);
}
