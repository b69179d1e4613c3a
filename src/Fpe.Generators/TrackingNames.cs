namespace Fpe.Generators;

/// <summary>The names of the pipeline's steps, for the cache tests.</summary>
internal static class TrackingNames
{
    /// <summary>Parsing a class with <c>[Model]</c> or <c>[Block]</c> into values.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>Finding the trained model that a class embeds.</summary>
    public const string Embed = nameof(Embed);

    /// <summary>Reading a manifest.</summary>
    public const string Manifest = nameof(Manifest);

    /// <summary>Emitting the text of its file.</summary>
    public const string Emit = nameof(Emit);
}
