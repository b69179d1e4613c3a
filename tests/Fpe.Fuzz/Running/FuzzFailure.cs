namespace Fpe.Fuzz.Running;

/// <summary>A reader did what it must not: threw something undeclared, or allocated too much.</summary>
public sealed class FuzzFailure : FpeException
{
    /// <summary>Creates the error.</summary>
    /// <param name="target">Name of the reader.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="input">Number of the input.</param>
    /// <param name="file">Where the input was kept.</param>
    /// <param name="problem">What happened.</param>
    /// <param name="innerException">What was thrown.</param>
    public FuzzFailure(string target, long seed, long input, string file, string problem, Exception? innerException)
        : base($"{target}: input {input} of seed {seed}: {problem} The input is kept as {file}.", innerException)
    {
    }
}
