import Determinism
import Execution
import RiskControl
import TradingDesk
import TradingModel

/// Makes a run's plan out of the settings.
struct PlanMaker {
    let settings: Settings

    /// The plan of a run over a market; `decider` nil takes the pipeline as the settings have it.
    func plan(
        _ universe: Universe, _ length: BarLength, sources: [String], isSimulated: Bool,
        decider: DeskPlan.Decider? = nil
    ) throws -> DeskPlan {
        DeskPlan(
            universe: universe, barLength: length, capital: try capital, limits: limits, fills: try fills,
            decider: decider ?? .pipeline(pipeline), seed: UInt64(settings.simulation.seed),
            isSimulated: isSimulated, sources: sources)
    }

    /// The workflows of the trading days, with the special dates that the settings name.
    var tradingDay: DeskPlan.Decider {
        let dates = settings.tradingDay
        var plan = TradingDayPlan(
            pipeline: pipeline, chooser: TradingDayChooser(fomc: dates.fomc, earnings: dates.earnings))
        plan.volatilityLevel = dates.volatilityLevel
        plan.timeoutFactor = dates.timeoutFactor
        return .tradingDay(plan)
    }

    private var capital: Money {
        get throws {
            guard let money = Money(nearest: settings.trading.capital) else { throw Overflow("trading.capital") }
            return money
        }
    }

    /// What the risk gate allows.
    var limits: RiskLimits {
        let risk = settings.trading.riskManagement
        var limits = RiskLimits()
        limits.maxPositionShare = risk.maxPositionSize
        limits.stopLoss = risk.stopLossPercentage
        limits.trailingStop = risk.trailingStop
        limits.takeProfit = risk.takeProfitPercentage
        limits.maxDailyLoss = risk.maxDailyLoss
        limits.maxCorrelatedShare = risk.maxCorrelatedExposure
        limits.correlationThreshold = risk.correlationThreshold
        limits.minDailyTurnover = risk.minDailyVolume
        limits.riskPerTrade = risk.riskPerTrade
        limits.riskPerVolatileTrade = risk.highVolatilityRiskPerTrade
        limits.highVolatility = risk.volatilityThreshold
        limits.haltVolatility = risk.volatilityHalt
        limits.maxSlippage = risk.maxSlippage
        limits.feeAllowance = settings.trading.execution.feeRate
        limits.maxOrdersPerMinute = risk.maxOrdersPerMinute
        limits.allowShort = risk.allowShort
        limits.maxPriceDistance = risk.priceSanityBand
        return limits
    }

    private var fills: FillModel {
        get throws {
            let execution = settings.trading.execution
            return FillModel(
                fee: try rate(execution.feeRate), spread: try rate(execution.spread),
                slippage: try rate(execution.maxSlippage), latency: execution.executionDelay,
                participation: execution.volumeParticipation, carry: try carry)
        }
    }

    /// What holding costs; nil where it costs nothing, so that such plans stay as they are.
    private var carry: CarryModel? {
        get throws {
            let execution = settings.trading.execution
            guard execution.borrowRate != 0 || execution.fundingRate != 0 else { return nil }
            return CarryModel(
                borrowRate: try rate(execution.borrowRate), fundingRate: try rate(execution.fundingRate),
                fundingInterval: execution.fundingInterval)
        }
    }

    private func rate(_ value: Double) throws -> Rate {
        guard let rate = Rate(nearest: value) else { throw Overflow("a rate of \(value)") }
        return rate
    }

    private var pipeline: PipelinePlan {
        var plan = PipelinePlan()
        plan.threshold = settings.pipeline.signalThreshold
        plan.lookback = settings.pipeline.lookback
        plan.optimiser = settings.pipeline.optimiser == .minimumVariance ? .minimumVariance : .riskParity
        plan.maximumWeight = settings.pipeline.maxWeight
        plan.every = settings.pipeline.every.map { BarLength(seconds: max(1, Int($0.components.seconds))) }
        return plan
    }
}
