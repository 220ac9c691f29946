// Sends one file in parts, over a line that may break at any byte, and goes on where it stopped:
// after a pause, a lost connection, or a reload of the page (tus 1.0.0).
//
// `run` resolves to what the server says of the file, or to {state: out | held | lost | removed}.
const PROTOCOL = { "Tus-Resumable": "1.0.0" };
const SMALLEST = 64 * 1024;
const LARGEST = 4 * 1024 * 1024;
const WAITS = [1, 2, 4, 8, 15, 30];
const MEMORY = "upload:";

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const digest = async (data) => (crypto.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", data)) : null);
const encoded = (fields) =>
  Object.entries(fields)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`)
    .join(",");

class Again extends Error {}

export class Transfer {
  // `patience`: how many failures in a row it bears; the default bears them all.
  constructor(url, fields, file, { onProgress = () => {}, onState = () => {}, patience = Infinity } = {}) {
    const { csrf_token: token, ...said } = fields;
    Object.assign(this, { url, said, file, onProgress, onState, patience });
    this.headers = { ...PROTOCOL, Accept: "application/json", "X-CSRFToken": token ?? "" };
    this.portion = 4 * SMALLEST;
    this.failures = 0;
    this.gate = Promise.resolve();
    this.wake = () => {};
  }

  pause() {
    this.open ??= (this.gate = new Promise((resolve) => (this.release = resolve)));
    this.stop?.abort();
    this.wake();
  }

  resume() {
    this.open = null;
    this.release?.();
  }

  cancel() {
    this.cancelled = true;
    this.stop?.abort();
    this.resume();
    this.wake();
  }

  async run() {
    for (;;) {
      await this.gate;
      if (this.cancelled) return this.forget(true, { state: "removed" });
      try {
        const answer = await this.step();
        this.failures = 0;
        if (answer) return answer;
      } catch (error) {
        if (!(error instanceof Again)) return { state: "lost" };
        if (this.open || this.cancelled) continue;
        if (++this.failures > this.patience) return { state: "lost" };
        this.offset = undefined;
        this.portion = Math.max(SMALLEST, this.portion / 2);
        this.onState(error.message ? "full" : "waiting", error.message);
        await this.wait(WAITS[Math.min(this.failures, WAITS.length) - 1]);
      }
    }
  }

  async step() {
    this.place ??= await this.remembered();
    if (!this.place) return this.create();
    if (this.offset === undefined) return this.ask();
    return this.offset < this.file.size ? this.send() : this.result();
  }

  async create() {
    const answer = await this.fetch("POST", this.url, {
      "Upload-Length": this.file.size,
      "Upload-Metadata": encoded({ ...this.said, filename: this.file.name }),
    });
    if (answer.status !== 201) return this.refused(answer);
    this.place = new URL(answer.headers.get("Location"), location.href).pathname;
    this.offset = 0;
    const name = await this.mark();
    if (name) localStorage.setItem(name, this.place);
  }

  async ask() {
    const answer = await this.fetch("HEAD", this.place);
    if (answer.status === 404 || answer.status === 410) {
      this.forget();
    } else if (!answer.ok) {
      return this.refused(answer);
    } else {
      this.offset = Number(answer.headers.get("Upload-Offset"));
      this.onProgress(this.offset, this.file.size);
    }
  }

  async send() {
    const body = await this.file.slice(this.offset, this.offset + this.portion).arrayBuffer();
    const sum = await digest(body);
    const begun = performance.now();
    this.onState("sending");
    const answer = await this.fetch(
      "PATCH",
      this.place,
      {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": this.offset,
        ...(sum && { "Upload-Checksum": `sha256 ${base64(sum)}` }),
      },
      body,
    );
    if (answer.status === 409 || answer.status === 460) {
      this.offset = undefined;
    } else if (answer.status === 404 || answer.status === 410) {
      this.forget();
    } else if (answer.status !== 204) {
      return this.refused(answer);
    } else {
      const took = performance.now() - begun;
      if (took < 1500) this.portion = Math.min(LARGEST, this.portion * 2);
      else if (took > 8000) this.portion = Math.max(SMALLEST, this.portion / 2);
      this.offset = Number(answer.headers.get("Upload-Offset"));
      this.onProgress(this.offset, this.file.size);
    }
  }

  async result() {
    this.onState("checking");
    const answer = await this.fetch("GET", this.place);
    if (answer.status === 404) return void this.forget();
    if (!answer.ok) return this.refused(answer);
    const told = await answer.json();
    if (told.state === "checking") return void (await this.wait(1));
    if (told.state === "receiving") return void (this.offset = undefined);
    return this.forget(false, told);
  }

  async refused(answer) {
    if (answer.status === 401) return { state: "out" };
    const told = await answer.json().catch(() => ({}));
    return this.forget(false, { state: told.fields ? "held" : told.error ? "refused" : "failed", sentence: told.error });
  }

  async fetch(method, url, headers = {}, body = undefined) {
    this.stop = new AbortController();
    let answer;
    try {
      answer = await fetch(url, {
        method,
        headers: { ...this.headers, ...headers },
        body,
        signal: this.stop.signal,
        redirect: "error",
        cache: "no-store",
      });
    } catch {
      throw new Again();
    }
    if (answer.status === 507) throw new Again((await answer.json().catch(() => ({}))).error);
    if (answer.status >= 500 || answer.status === 429 || answer.status === 423) throw new Again();
    return answer;
  }

  // Ends early when the connection is back, or somebody pauses.
  wait(seconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, seconds * 1000);
      addEventListener("online", resolve, { once: true });
    });
  }

  // A mark of the file that says nothing of it: others may use this computer after us.
  async mark() {
    const { name, size, lastModified } = this.file;
    const text = JSON.stringify([this.url, name, size, lastModified, this.said]);
    const sum = await digest(new TextEncoder().encode(text));
    return sum && MEMORY + base64(sum);
  }

  async remembered() {
    const name = await this.mark();
    return (name && localStorage.getItem(name)) || undefined;
  }

  async forget(onServer = false, answer = undefined) {
    const place = this.place;
    this.place = this.offset = undefined;
    const name = await this.mark();
    if (name) localStorage.removeItem(name);
    if (onServer && place) fetch(place, { method: "DELETE", headers: this.headers }).catch(() => {});
    return answer;
  }
}

// A photograph drawn anew so small that it is sent quickly and can still be read.
export const shrunk = async (file, longest = 2000) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 400_000) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    if (!small || small.size >= file.size) return file;
    const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    return new File([small], name, { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file; // what the browser cannot draw is sent as it is
  }
};
