/** The live connection: topics, resuming after a break, and how fresh what is shown is. */

const SILENCE = 25000;
const PING = 10000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15000;

/**
 * @typedef {{sequence: number, topic: string, time: string, data: any}} StreamEvent
 * @typedef {{state: 'connecting'|'live'|'waiting', heard: number, retryAt: number}} Connection
 */

/** One WebSocket to `/ws`, opened again whenever it breaks. Events: `connection`, `missed`. */
class Stream extends EventTarget {
    #socket = null;
    #listeners = new Map();
    #last = null;
    #epoch = null;
    #attempts = 0;
    #timer = 0;

    /** @type {Connection} */
    connection = { state: 'connecting', heard: 0, retryAt: 0 };

    /** Opens it and keeps it open. */
    start() {
        setInterval(() => this.#watch(), PING);
        addEventListener('online', () => this.retryNow());
        document.addEventListener('visibilitychange', () => document.hidden || this.retryNow());
        this.#open();
    }

    /** Does not wait any longer for the next try. */
    retryNow() {
        if (this.connection.state !== 'waiting') return;
        clearTimeout(this.#timer);
        this.#open();
    }

    /**
     * Listens to a topic until the scope ends.
     * @param {import('./scope.js').Scope} scope
     * @param {string} topic
     * @param {(data: any, event: StreamEvent) => void} listener
     */
    on(scope, topic, listener) {
        const own = this.#listeners.get(topic) ?? new Set();
        this.#listeners.set(topic, own);
        own.add(listener);
        if (own.size === 1) this.#send({ op: 'subscribe', topics: [topic] });
        scope.onEnd(() => this.#leave(topic, listener));
    }

    #leave(topic, listener) {
        const own = this.#listeners.get(topic);
        if (!own?.delete(listener) || own.size) return;
        this.#listeners.delete(topic);
        this.#send({ op: 'unsubscribe', topics: [topic] });
    }

    #open() {
        this.#change({ state: 'connecting' });
        const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
        const socket = new WebSocket(`${scheme}://${location.host}/ws`, 'bellwether.v1');
        this.#socket = socket;
        socket.onopen = () => this.#opened();
        socket.onmessage = (message) => this.#heard(message.data);
        socket.onclose = () => socket === this.#socket && this.#wait();
    }

    #opened() {
        this.#attempts = 0;
        this.#change({ state: 'live', heard: Date.now() });
    }

    #wait() {
        this.#socket = null;
        const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempts);
        const wait = longest * (0.75 + Math.random() / 4);
        this.#attempts += 1;
        this.#timer = setTimeout(() => this.#open(), wait);
        this.#change({ state: 'waiting', retryAt: Date.now() + wait });
    }

    #watch() {
        if (this.connection.state !== 'live') return;
        if (Date.now() - this.connection.heard > SILENCE) this.#socket?.close();
        else this.#send({ op: 'ping' });
    }

    #send(message) {
        if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
    }

    #heard(text) {
        this.connection.heard = Date.now();
        const message = JSON.parse(text);
        if (message.type === 'events') this.#deliver(message);
        else if (message.type === 'missed') this.#missed(message);
        else if (message.type === 'status') this.#greeted(message);
    }

    #deliver(batch) {
        this.#last = Math.max(this.#last ?? 0, batch.to ?? 0);
        for (const event of batch.events) {
            for (const listener of this.#listeners.get(event.topic) ?? []) listener(event.data, event);
        }
    }

    /** The server's first word. Where it began anew, what was before is not known to it: all is asked again. */
    #greeted({ sequence, epoch = null }) {
        const isAnew = this.#last !== null && (epoch !== this.#epoch || sequence < this.#last);
        this.#epoch = epoch;
        if (isAnew) this.#missed({ to: sequence });
        const topics = [...this.#listeners.keys()];
        if (topics.length) this.#send({ op: 'subscribe', topics, ...this.#position() });
    }

    #position() {
        if (this.#last === null) return {};
        return this.#epoch === null ? { after: this.#last } : { after: this.#last, epoch: this.#epoch };
    }

    #missed(message) {
        this.#last = message.to ?? null;
        this.dispatchEvent(new CustomEvent('missed', { detail: message }));
    }

    #change(changes) {
        this.connection = { ...this.connection, ...changes };
        this.dispatchEvent(new Event('connection'));
    }
}

/** The page's connection. */
export const stream = new Stream();

/**
 * Calls once when a connection that is broken now is back.
 * @param {import('./scope.js').Scope} scope
 * @param {() => void} action
 */
export function whenBack(scope, action) {
    const own = scope.child();
    own.listen(stream, 'connection', () => {
        if (stream.connection.state !== 'live') return;
        own.end();
        action();
    });
}
