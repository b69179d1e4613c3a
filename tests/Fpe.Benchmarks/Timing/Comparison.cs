namespace Fpe.Benchmarks.Timing;

/// <summary>
/// Times pieces of work in turn, A B C A B C …, in one run. A shared machine gets slower and faster all the time: figures of
/// different runs cannot be compared, neighbouring turns of one run can.
/// </summary>
/// <param name="rounds">How often each has its turn.</param>
/// <param name="turn">Seconds a turn should take; calls are repeated until it does. 0 for one call.</param>
internal sealed class Comparison(int rounds, double turn)
{
    private const int MostCalls = 1 << 20;

    // Once nothing new was compiled for 100 ms, the just-in-time compiler counts calls, and optimises a method after 30.
    private const int WarmUpCalls = 32;
    private const double WarmUpSeconds = 0.1;
    private static readonly TimeSpan CompilerDelay = TimeSpan.FromMilliseconds(150);

    /// <summary>The comparison for a first look, or for figures.</summary>
    public static Comparison Of(bool quick) => quick ? new Comparison(rounds: 7, turn: 0.002) : new Comparison(rounds: 15, turn: 0.02);

    /// <summary>Times every contestant.</summary>
    /// <returns>Their timings in the same order.</returns>
    public RoundTimes[] Time(params IReadOnlyList<IContestant> contestants)
    {
        WarmUp(contestants);
        int[] calls = [.. contestants.Select(CallsPerTurn)];
        double[][] seconds = [.. contestants.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int c = 0; c < contestants.Count; c++)
            {
                // Training finds its own data in the caches, not that of whoever had the turn before.
                contestants[c].Run(1);
                seconds[c][round] = contestants[c].Run(calls[c]) / calls[c];
            }
        }

        return [.. seconds.Select(own => new RoundTimes(own))];
    }

    private static void WarmUp(IReadOnlyList<IContestant> contestants)
    {
        foreach (IContestant contestant in contestants)
            contestant.Run(1);
        Thread.Sleep(CompilerDelay);
        foreach (IContestant contestant in contestants)
        {
            double seconds = 0;
            for (int call = 0; call < WarmUpCalls && seconds < WarmUpSeconds; call++)
                seconds += contestant.Run(1);
        }

        Thread.Sleep(CompilerDelay);
    }

    private int CallsPerTurn(IContestant contestant)
    {
        if (turn == 0)
            return 1;
        int calls = 1;
        double seconds;
        while ((seconds = contestant.Run(calls)) < turn / 2 && calls < MostCalls)
            calls *= 2;
        return Math.Clamp((int)Math.Round(calls * turn / seconds), 1, MostCalls);
    }
}
