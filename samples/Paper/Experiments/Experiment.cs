namespace Samples.Paper.Experiments;

/// <summary>An experiment: its runs and the task that they learn.</summary>
internal abstract class Experiment
{
    /// <summary>Name on the command line, in keys and in reports.</summary>
    public abstract string Name { get; }

    /// <summary>A line for <c>--help</c> and headings.</summary>
    public abstract string Description { get; }

    /// <summary>Whether it uses formulas, so that <c>--clauses</c> and <c>--literals</c> apply.</summary>
    public virtual bool HasClauses => false;

    /// <summary>Whether it reads files, so that <c>--data</c> applies.</summary>
    public virtual bool ReadsData => true;

    /// <summary>Whether it can be given embeddings, so that <c>--data</c> may name a file and <c>--labels</c> another.</summary>
    public virtual bool ReadsEmbeddings => false;

    /// <summary>Determines the runs.</summary>
    /// <param name="request">The request of the command line.</param>
    /// <exception cref="FpeException">The request cannot be met, or the data is missing or invalid.</exception>
    public abstract PreparedExperiment Prepare(Request request);
}
