/// Words and phrases of financial news and how they read for the share they are about.
///
/// Inflections need not be listed where `WordStem` maps them to one stem. Weights run from -4 to 4: moves of the
/// price, results against expectations and analysts' verdicts by themselves decide a headline; topics that merely
/// colour it (growth, risk, strike) weigh 1.
enum FinanceLexicon {
    /// A weight and the words and phrases, separated by commas, that have it.
    static let groups: [(weight: Double, words: String)] = positive + negative

    private static let positive: [(weight: Double, words: String)] = [
        (
            3.5,
            """
            skyrocket, all-time high, record profit, record earnings, record revenue, record quarter, blowout, \
            blow out, crush estimates, crush expectations, smash estimates, smash expectations, beat and \
            raise, beat-and-raise, upgrade to buy, raise to buy, upped to buy, ups to buy, upgrade to \
            outperform, upgrade to overweight, double upgrade, fda approval, win approval, get approval, \
            receive approval, takeover offer, buyout offer, takeover bid, takeover premium, never been more \
            bullish, never been this bullish, melt-up
            """
        ),
        (
            3,
            """
            soar, surge, rocket, upgrade, upgrade to, beat estimates, beat expectations, beat consensus, beat \
            views, top estimates, top expectations, top consensus, top views, exceed expectations, exceed \
            estimates, above consensus, above expectations, above estimates, better than expected, \
            better-than-expected, stronger than expected, stronger-than-expected, raise guidance, raise \
            outlook, raise forecast, lift outlook, lift guidance, lift forecast, boost outlook, boost \
            guidance, boost forecast, hike guidance, ups guidance, ups outlook, guides above, guidance above, \
            outlook raised, guidance raised, forecast raised, outlook lifted, raise its outlook, raise its \
            guidance, raise its forecast, raise full-year, raise fy, price target raised, price target lifted, \
            price target hiked, price target boosted, price target increased, target raised, target lifted, \
            target boosted, target upped, target hiked, raise price target, lift price target, boost price \
            target, hike price target, raise target, lift target, hike target, boost target, ups target, bump \
            target, doubled its price target, pt raised, raise pt, lift to buy, boost to buy, lift to \
            outperform, ups to outperform, raise to outperform, raise to overweight, ups to overweight, \
            initiated at buy, start at buy, start at speculative buy, initiated with a buy, initiate with buy, \
            assumed at buy, resume at buy, start at outperform, initiated at outperform, start at overweight, \
            initiated at overweight, initiated at strong buy, join bull camp, bull camp, gains a bull, bull \
            call, top pick, added to conviction list, add to conviction list, conviction buy, hike dividend, \
            raise dividend, boost dividend, increase dividend, special dividend, dividend increase, ups \
            dividend, dividend raised, dividend hike, increase quarterly dividend, raise quarterly dividend, \
            buyback, buy back shares, share repurchase, repurchase program, record high, record close, record \
            closing high, record territory, new high, new record, fresh high, hit new high, 52-week high, \
            winning streak, swing to profit, return to profit, turn profitable, turn a profit, profit double, \
            profit jump, profit surge, profit soar, profit rise, breakthrough, win contract, awarded contract, \
            land contract, secure contract, win order, award contract, approve drug, fda approve, fda clear, \
            fda clearance, fda ok, fast track designation, breakthrough designation, positive data, positive \
            results, positive trial, positive topline, meet primary endpoint, meet endpoint, met primary \
            endpoint, met endpoint, buy signal, strong buy
            """
        ),
        (
            2.5,
            """
            jump, bullish, spike, boom, breakout, break out, breaking out, rip higher, beat, tops, topped, \
            crush, smash, outperform, undervalue, thrive, robust, buy rating, turn positive, turn bullish, \
            upbeat, rosy, stellar, impressive, bull case, golden cross, higher low, buy the dip, buying dips, \
            gap up, gapped up, continue higher, go higher, going higher, extend gain, legal victory, win case, \
            win lawsuit, win ruling, dismiss lawsuit, lawsuit dismissed, cleared of, overweight rating, up \
            sharply, point higher, close higher, end higher, open higher, higher open, tick higher, tick up, \
            edge up, move higher, edge higher, trade higher, push higher, drift higher, higher note, futures \
            higher, stock higher, share higher, premarket gainers, gainers, attractive, must buy, is a buy, \
            buy blocks, is buying, are buying, beats on revenue, see upside, turn bull, sales jump, revenue \
            jump, sales double
            """
        ),
        (
            2,
            """
            gain, rise, rose, risen, climb, advance, rebound, bounce, snap back, leap, leapt, flew, swell, \
            stronger, strength, solid, healthy, grew, accelerate, acceleration, optimism, optimistic, triumph, \
            upside, uptrend, accumulate, accumulation, bargain, well positioned, well-positioned, moat, \
            outpace, best performing, double-digit growth, stronger growth, strong growth, profit growth, \
            sales growth, revenue growth, earnings growth, eps growth, strong results, outstanding results, \
            strong quarter, strong demand, strong earnings, strong profit, strong sales, acquire stake, take \
            stake, buy stake, ups view, upside potential, firmer, healthy balance sheet, resilient, shake off, \
            shrug off, defy, eases fears, fears ease, fears subside, fears fade, trade hopes, deal hopes, \
            settle lawsuit, reach settlement, settlement of litigation, lift ban, waive tariffs, regulatory \
            relief, is up, are up, was up, shares up, stock up, stocks up, dow up, nasdaq up, futures up, now \
            up, up more than, up nearly, up about, up over, total return, heads off a correction, dumping \
            hedges, rally, stocks to buy, expects growth, sees growth, gather pace, benefit from, through the \
            roof
            """
        ),
        (
            1.5,
            """
            higher, bull, exciting, excellent, steady, stabilize, upward, surpass, exceed, ahead of estimates, \
            reward, sound, attract, upswing, inflow, comeback, revival, turnaround, encouraging, promising, \
            cheer, relief, reiterates buy, maintains buy, maintained as buy, reiterated buy, maintained as \
            outperform, reaffirm guidance, looks good, favorable, cost savings, synergies, inspiring, looks \
            interesting, go long, outlook positive
            """
        ),
        (
            1,
            """
            success, successful, approve, approval, benefit, positive, buy, win, won, growth, expand, \
            expansion, love, hope, partnership, collaboration, overweight, teams up, tie-up, strong, profit, \
            profitable, recover, recovery, dominant, trade deal, stimulus, victory, confident, confidence, \
            momentum, record, favorite, improve, improvement, support, launch, best, great, good, opportunity, \
            award, potential, leader, perfect, debut, popular, nice, deal, agreement, contract, \
            record-breaking, lift, oversold, up, added, increase, raise, boost, worth, innovative, welcome, \
            settlement, reopen, pleased, efficient
            """
        ),
    ]

    private static let negative: [(weight: Double, words: String)] = [
        (
            -3.5,
            """
            bankruptcy, bankrupt, chapter 11, chapter 7, insolvent, insolvency, file for bankruptcy, plummet, \
            meltdown, implode, wiped out, accounting fraud, securities fraud, ponzi, delist, going concern, \
            downgrade to sell, cut to sell, worst day, double downgrade, profit warning, reject drug, fda \
            reject, complete response letter, suspend dividend, suspended dividends, free fall, class action, \
            criminal charges, handed administrator
            """
        ),
        (
            -3,
            """
            plunge, tumble, nosedive, tank, slump, crater, miss estimates, miss expectations, miss consensus, \
            miss earnings, earnings miss, missed eps, misses on revenue, eps misses, misses by, profit miss, \
            below consensus, below expectations, below estimates, short of expectation, short of estimates, \
            fall short, worse than expected, worse-than-expected, weaker than expected, weaker-than-expected, \
            cut guidance, cut outlook, cut forecast, cut profit forecast, cut full-year, lower guidance, lower \
            outlook, lower forecast, lower full-year, slash guidance, slash outlook, slash forecast, trim \
            guidance, trim outlook, trim forecast, pull outlook, pull guidance, withdraw guidance, withdraw \
            outlook, withdraw forecast, suspend guidance, scrap guidance, scrap outlook, guides below, \
            guidance below, outlook cut, guidance cut, forecast cut, surprise loss, price target cut, price \
            target lowered, price target slashed, price target trimmed, price target reduced, target cut, \
            target lowered, target slashed, target trimmed, target reduced, cut target, cut price target, \
            lower target, trim target, slash target, lower price target, pt cut, pt lowered, cut pt, \
            downgrade, cut to hold, cut to neutral, cut to equal weight, cut to market perform, cut to \
            underperform, cut to underweight, cut at, cut to in line, cut to sector perform, cut to peer \
            perform, cut to junk, junk status, initiated at sell, start at sell, initiated at underperform, \
            start at underperform, initiated at underweight, start at underweight, removed from conviction \
            list, from conviction list, bear call, turn bearish, cools on, turn cautious, cut dividend, slash \
            dividend, dividend cut, halt dividend, stopped buybacks, stopped stock buybacks, suspend buyback, \
            suspend share repurchase, halt buyback, swing to loss, swung to loss, post loss, report loss, net \
            loss, loss widen, wider loss, job losses, job loss, lays off, laid off, job cuts, cut jobs, slash \
            jobs, layoffs, sues, sued, file suit, hit with lawsuit, lose case, lose patent, lose lawsuit, \
            subpoena, raided, indicted, charged with, guilty, halt trial, trial halted, fail trial, fail to \
            meet, miss endpoint, stock offering, share offering, equity offering, public offering, common \
            stock offering, dilution, dilutive, capital raise, capital raising, sell signal, death cross, \
            52-week low, record low, new low, low of the day, all-time low, losing streak, multi-year low, \
            lowest in more than, sell rating, steepest decline, sell-off, selloff, sell off, bloodbath, rout, \
            rejected by fda, fda rejection, cyber attack, data breach, unusual puts, premarket losers, took a \
            tumble, production freeze, halt production, weighs on, weigh on
            """
        ),
        (
            -2.5,
            """
            bearish, sink, sank, sunk, slide, slid, missed, loss, drop, fall, fell, fallen, slam, slash, \
            shrink, shrank, stagnation, deteriorate, deterioration, destroy, devastate, panic, shock, \
            disaster, dismal, bleak, grim, red alert, sound alarm, distress, overvalued, underperform, \
            underweight, downtrend, turn negative, negative outlook, outlook negative, warns it will, hit \
            hard, take a hit, taking a hit, took a hit, take hit, hurt, struggle, stumble, flop, flub, falter, \
            crumble, weakness, weak, weaker, weaken, slowdown, slowest, headwind, are dumping, is dumping, \
            dumping, are selling, is selling, aren't crazy about, out of work, point lower, close lower, end \
            lower, open lower, lower open, slip lower, move lower, edge lower, trade lower, drift lower, \
            markets lower, stocks lower, futures lower, shares lower, pull lower, mostly lower, mostly fall, \
            extend loss, oversupply, glut, outflow, cut capacity, recession, closer to recession, cast shadow, \
            took tumble
            """
        ),
        (
            -2,
            """
            decline, dip, slip, retreat, slow, lag, lose, lost, fraud, lawsuit, probe, investigation, layoff, \
            default, litigation, recall, rejection, recessionary, losers, loser, antitrust, fined, hacked, \
            liquidation, buckle, junk bond, worse, concern, shutdown, shutter, closure, close stores, \
            withdraw, violation, bribery, corruption, misconduct, tariff threat, price war, squeeze, volatile, \
            turmoil, pain, painful, collateral damage, suffer, disappoint, disappointing, lackluster, \
            sluggish, stall, stagnate, softer, downbeat, pessimistic, gloom, gloomy, industrial action, \
            shortage, punish, sour, is down, are down, was down, share down, stock down, dow down, nasdaq \
            down, futures down, now down, down more than, down nearly, down about, down over, down \
            approximately, end down, budget gap, deficit, stymie, whimper, impairment, writedown, write-down, \
            writes off, restate, ousted, steps down, spook, scrambling, jitters, derail, hemorrhage, dry up, \
            erode, erosion, plumb, pinned near, sold off, missed payment, short interest, fall behind, \
            vulnerable, crash, collapse, sanctions hit, could spell doom, negative for, quite risky, downside, \
            short seller, unprecedented speed
            """
        ),
        (
            -1.5,
            """
            lower, cut, trim, reduce, bad, poor, low, tepid, muted, dim, dent, setback, obstacle, costly, \
            expensive, fade, ebb, shaky, glitch, clash, tension, backlash, complaint, coronavirus hit, virus \
            fears, unfair, overbought, bubble, fear, alarm, uncertain, harm
            """
        ),
        (
            -1,
            """
            ban, block, strike, problem, issue, penalty, scandal, threat, threaten, challenge, protest, \
            boycott, fire, blame, fail, failure, caution, cautious, risk, risky, delay, worry, allege, \
            allegation, accuse, bear, negative, skeptic, skeptical, sell, selling, uncertainty, trade war, \
            tech war, damage, war, virus, resign, suspend, killed, exposed, missing, refuse, pressure, \
            breakdown, warn, crisis, doom, stress, miss, halt, cancel, cancelled, reject, insider selling, \
            behind on, unemployed, worst, curb, criticize, criticism, against, sanction, trouble, down, \
            decrease, impact, challenging, tax hike, outage, insolvent borrowers, toll, unable, soft, burden, \
            hinder, limits, scrap, dispute, closures
            """
        ),
    ]
}
