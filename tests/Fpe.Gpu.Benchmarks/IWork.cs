namespace Fpe.Gpu.Benchmarks;

/// <summary>Training steps or epochs that are timed in turns with others.</summary>
internal interface IWork : IDisposable
{
    /// <summary>Gets their name in the table.</summary>
    string Name { get; }

    /// <summary>Runs some of them, and waits for the device.</summary>
    /// <returns>Seconds for each.</returns>
    double Run(int count);
}
