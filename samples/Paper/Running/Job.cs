namespace Samples.Paper.Running;

/// <summary>A piece of work for one thread, which may bring up further work.</summary>
internal abstract class Job
{
    /// <summary>How long it takes, with the work that can begin only once it is done; in multiply-adds. The longest goes first.</summary>
    public abstract double Length { get; }

    /// <summary>Does the work.</summary>
    /// <param name="enqueue">Takes further work, which other threads may begin at once.</param>
    /// <param name="cancellation">Ends the work before it is done.</param>
    public abstract void Execute(Action<Job> enqueue, CancellationToken cancellation);
}
