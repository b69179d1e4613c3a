namespace Fpe.Checkpoints;

/// <summary>Names in the metadata of files that this library writes; docs/reliability.md describes the format.</summary>
internal static class FileKeys
{
    /// <summary>The format that <see cref="Version"/> stands for where index data are flags; a change that older readers would misread takes the next number.</summary>
    public const string VersionOfFlags = "1";

    /// <summary>The format where some index data are lists, which versions of this library from before them cannot read.</summary>
    public const string VersionOfLists = "2";

    /// <summary>What every name of ours starts with.</summary>
    public const string Prefix = "fpe.";

    public const string Checksum = "fpe.crc32c";

    public const string Version = "fpe.version";

    /// <summary>The compile-time plan, as JSON.</summary>
    public const string Plan = "fpe.plan";

    public const string Seed = "fpe.seed";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string Expanded = "fpe.expanded";

    /// <summary>Followed by the name of a weight: the <see cref="Compute.EdgeStructure"/> of its edges.</summary>
    public const string Structure = "fpe.structure.";

    /// <summary>Position, options and history of a training run, as JSON.</summary>
    public const string Training = "fpe.training";

    /// <summary>What the names of tensors start with that only a training run needs.</summary>
    public const string TrainingTensors = "training.";
}
