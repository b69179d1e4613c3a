namespace Fpe.Generators;

/// <summary>Names of the pipeline's steps, by which cache tests find them.</summary>
internal static class TrackingNames
{
    /// <summary>A class with <c>[Model]</c>, read into values.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The text of the file that is emitted for it.</summary>
    public const string Emit = nameof(Emit);
}
