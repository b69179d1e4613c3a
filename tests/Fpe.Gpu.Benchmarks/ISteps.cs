namespace Fpe.Gpu.Benchmarks;

/// <summary>Training steps that are timed in turns with others.</summary>
internal interface ISteps : IDisposable
{
    /// <summary>Gets what the table calls them.</summary>
    string Name { get; }

    /// <summary>Runs steps, and waits for the device.</summary>
    /// <returns>Seconds a step.</returns>
    double Run(int steps);
}
