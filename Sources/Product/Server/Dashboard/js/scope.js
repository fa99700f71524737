/** Everything that ends when a page is left: listeners, timers, subscriptions, requests. */

/** A lifetime. What is begun through it ends with it. */
export class Scope {
    #controller = new AbortController();

    /** Aborts when the scope ends: for requests. */
    get signal() {
        return this.#controller.signal;
    }

    /** Whether it has ended. */
    get isOver() {
        return this.signal.aborted;
    }

    /**
     * Calls something when the scope ends; at once where it has.
     * @param {() => void} action
     */
    onEnd(action) {
        if (this.isOver) action();
        else this.signal.addEventListener('abort', action, { once: true });
    }

    /**
     * Listens to a target's events.
     * @param {EventTarget} target
     * @param {string} type
     * @param {(event: any) => void} listener
     */
    listen(target, type, listener) {
        target.addEventListener(type, listener, { signal: this.signal });
    }

    /**
     * Calls something again and again, but not while the page is out of sight.
     * @param {number} milliseconds
     * @param {() => void} action
     */
    every(milliseconds, action) {
        const timer = setInterval(() => document.hidden || action(), milliseconds);
        this.onEnd(() => clearInterval(timer));
    }

    /** A scope that ends with this one or before. */
    child() {
        const scope = new Scope();
        const end = () => scope.end();
        this.signal.addEventListener('abort', end, { signal: scope.signal });
        return scope;
    }

    /** Ends it. */
    end() {
        this.#controller.abort();
    }
}
