import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface FileServer {
  /** Ends in a slash. */
  readonly address: string;
  /** "GET /file" or "GET /file bytes=10-", as they came. */
  readonly requests: readonly string[];
  /** Breaks all connections. */
  cut(): void;
}

type Answer = (file: Uint8Array, request: IncomingMessage, response: ServerResponse) => void;

/** Serves files over HTTP until the test ends. */
export async function fileServer(
  files: Readonly<Record<string, Uint8Array>>,
  answer: Answer = withRanges,
): Promise<FileServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    requests.push([request.method, request.url, range].filter(Boolean).join(" "));
    const file = files[(request.url ?? "").slice(1)];
    if (file) answer(file, request, response);
    else response.writeHead(404).end("no such file");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, requests, cut: () => server.closeAllConnections() };
}

/** As servers of files do. */
export const withRanges: Answer = (file, { headers }, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) response.writeHead(200, { "content-length": file.length }).end(file);
  else if (start >= file.length) response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
  else {
    response.writeHead(206, { "content-range": `bytes ${start}-${file.length - 1}/${file.length}` });
    response.end(file.subarray(start));
  }
};

/** Always the whole file. */
export const withoutRanges: Answer = (file, _, response) => {
  response.writeHead(200, { "content-length": file.length }).end(file);
};

/** Sends so many bytes and then nothing more. */
export function stallAfter(bytes: number): Answer {
  return (file, _, response) => {
    response.writeHead(200, { "content-length": file.length });
    response.write(file.subarray(0, bytes));
  };
}
