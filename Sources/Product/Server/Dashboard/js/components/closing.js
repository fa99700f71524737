/** Closing one position: an order for all of it, reviewed like any other. */

import { address } from '../router.js';

/**
 * The address of the order that closes a position.
 * @param {{symbol: string, quantity: number}} position
 */
export function closeAddress({ symbol, quantity }) {
    const side = quantity > 0 ? 'sell' : 'buy';
    const amount = String(Math.abs(quantity));
    return address(['orders'], { new: '1', symbol, side, amount, reason: 'Close the position' });
}
