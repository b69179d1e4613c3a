namespace Samples.Paper.Running;

/// <summary>A unit of work for one thread, which may enqueue further work.</summary>
internal abstract class Job
{
    /// <summary>Duration in multiply-adds, including the work that can start only after it; the longest job is executed first.</summary>
    public abstract double Length { get; }

    /// <summary>Executes the work.</summary>
    /// <param name="enqueue">Receives further work, which other threads may start immediately.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public abstract void Execute(Action<Job> enqueue, CancellationToken cancellation);
}
