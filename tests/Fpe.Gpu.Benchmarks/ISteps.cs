namespace Fpe.Gpu.Benchmarks;

/// <summary>Training steps that are timed in turns with others.</summary>
internal interface ISteps : IDisposable
{
    /// <summary>Gets their name in the table.</summary>
    string Name { get; }

    /// <summary>Runs steps, and waits for the device.</summary>
    /// <returns>Seconds per step.</returns>
    double Run(int steps);
}
