namespace Fpe.Benchmarks.Timing;

/// <summary>A piece of work whose time is compared with others'.</summary>
internal interface IContestant
{
    /// <summary>Does the work some times.</summary>
    /// <param name="calls">How often, at least once.</param>
    /// <returns>Seconds it took.</returns>
    double Run(int calls);
}
