using Fpe.Benchmarks.Timing;

namespace Fpe.Benchmarks;

/// <summary>Times of one piece of work for each wiring of a layer, the dense parent first, and of the peak in the same rounds.</summary>
internal sealed class KernelTimes
{
    private readonly FmaPeak peak = FmaPeak.Widest();
    private readonly RoundTimes peakTimes;
    private readonly RoundTimes[] times;

    /// <summary>Measures.</summary>
    /// <param name="comparison">How thoroughly.</param>
    /// <param name="works">The work for each wiring.</param>
    public KernelTimes(Comparison comparison, IEnumerable<Action> works)
    {
        RoundTimes[] all = comparison.Time([peak, .. works.Select(work => new LocalWork(work))]);
        (peakTimes, times) = (all[0], all[1..]);
    }

    /// <summary>Time over the dense parent's.</summary>
    public double Ratio(int wiring) => times[wiring].Over(times[0]);

    /// <summary>Microseconds a call.</summary>
    public double Microseconds(int wiring) => times[wiring].Median * 1e6;

    /// <summary>Fraction of the peak of multiply-adds.</summary>
    /// <param name="wiring">Which one.</param>
    /// <param name="operations">Additions and multiplications of a call.</param>
    public double Fraction(int wiring, double operations) => operations / (peak.Operations * times[wiring].Over(peakTimes));
}
