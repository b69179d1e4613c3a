namespace Samples.Paper.Experiments;

/// <summary>One of the paper's tasks: which runs belong to it, and what they learn.</summary>
internal abstract class Experiment
{
    /// <summary>Name on the command line, in keys and in reports.</summary>
    public abstract string Name { get; }

    /// <summary>A line for <c>--help</c> and headings.</summary>
    public abstract string Description { get; }

    /// <summary>Whether it is about formulas, so that <c>--clauses</c> and <c>--literals</c> mean something.</summary>
    public virtual bool HasClauses => false;

    /// <summary>Whether it reads files, so that <c>--data</c> means something.</summary>
    public virtual bool ReadsData => true;

    /// <summary>Whether it can be given embeddings, so that <c>--data</c> may name a file and <c>--labels</c> another.</summary>
    public virtual bool ReadsEmbeddings => false;

    /// <summary>Decides what is run.</summary>
    /// <param name="request">What the command line asks for.</param>
    /// <exception cref="FpeException">It cannot be met, or the data is missing or wrong.</exception>
    public abstract PreparedExperiment Prepare(Request request);
}
