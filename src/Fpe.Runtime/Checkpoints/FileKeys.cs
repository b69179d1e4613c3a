namespace Fpe.Checkpoints;

/// <summary>The names in the metadata of files that this library writes; docs/reliability.md describes the format.</summary>
internal static class FileKeys
{
    /// <summary>
    /// The value of <see cref="Version"/> if index data are flags. A change that older readers would misread increments the number.
    /// </summary>
    public const string VersionOfFlags = "1";

    /// <summary>
    /// The value of <see cref="Version"/> if some index data are lists, which earlier versions of this library cannot read.
    /// </summary>
    public const string VersionOfLists = "2";

    /// <summary>The value of <see cref="Version"/> if the file has a network of 8 bits, which only predicts.</summary>
    public const string VersionOfBytes = "3";

    /// <summary>The prefix of all names that this library defines.</summary>
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

    /// <summary>The <see cref="ModelTask"/>, if it is known.</summary>
    public const string Task = "fpe.task";

    /// <summary>The names of the classes, as a JSON array of strings, if they have any.</summary>
    public const string Classes = "fpe.classes";

    /// <summary>The threshold of binary and multi-label classification, if it is not 0.5.</summary>
    public const string Threshold = "fpe.threshold";

    /// <summary>The standardisation of samples, as JSON, if there is one.</summary>
    public const string Features = "fpe.features";

    /// <summary>The standardisation of targets, as JSON, if there is one.</summary>
    public const string Targets = "fpe.targets";

    /// <summary>The identity of the model that computes samples, if it is known.</summary>
    public const string Encoder = "fpe.encoder";

    /// <summary>The number of examples that the file keeps, if there are any.</summary>
    public const string Examples = "fpe.examples";

    /// <summary>The prefix of the names of tensors with examples.</summary>
    public const string ExampleTensors = "examples.";

    /// <summary>Position, options and history of a training run, as JSON.</summary>
    public const string Training = "fpe.training";

    /// <summary>The prefix of the names of tensors that only a training run needs.</summary>
    public const string TrainingTensors = "training.";
}
