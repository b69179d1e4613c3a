namespace Fpe.Extensions.AI;

/// <summary>Thrown when an embedding generator does not fit a classifier, or returns what cannot be used.</summary>
public sealed class EmbeddingException : FpeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="generator">The identity of the generator, or its type.</param>
    /// <param name="problem">The problem, the numbers and the fix.</param>
    public EmbeddingException(string generator, string problem)
        : base($"Generator {generator}: {problem}") => Generator = generator;

    /// <summary>Gets the identity of the generator, or its type if it has none.</summary>
    public string Generator { get; }
}
