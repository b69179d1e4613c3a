namespace Fpe.Generators.Naming;

/// <summary>
/// The names of the language's attributes and their arguments, as in <c>Fpe.Dsl</c>; those of layers are in <c>Kinds</c>.
/// </summary>
internal static class AttributeNames
{
    public const string Namespace = "Fpe";
    public const string ModelMetadataName = "Fpe.ModelAttribute";
    public const string BlockMetadataName = "Fpe.BlockAttribute";
    public const string RuntimeModelMetadataName = "Fpe.Model";

    public const string Model = nameof(Model);
    public const string Block = nameof(Block);
    public const string Repeat = nameof(Repeat);
    public const string Use = nameof(Use);
    public const string NonZeroBudget = nameof(NonZeroBudget);
    public const string ByteBudget = nameof(ByteBudget);
    public const string Expand = nameof(Expand);
    public const string Clause = nameof(Clause);

    public const string Inputs = "inputs";
    public const string Tokens = "tokens";
    public const string Vocabulary = "vocabulary";
    public const string Units = "units";
    public const string Places = "places";
    public const string Channels = "channels";
    public const string Height = "height";
    public const string Width = "width";
    public const string CountBiases = nameof(CountBiases);
    public const string Count = "count";
    public const string Bytes = "bytes";
    public const string Format = "format";
    public const string Scratch = nameof(Scratch);
    public const string Times = "times";
    public const string Factor = "factor";
    public const string Strategy = "strategy";
    public const string Share = nameof(Share);
    public const string Outgoing = nameof(Outgoing);
    public const string Within = nameof(Within);
    public const string Groups = nameof(Groups);
    public const string From = nameof(From);

    /// <summary>The name of the value that a block reads, like <see cref="LayerPlan.Sample"/> for a model.</summary>
    public const string BlockInput = "(input)";
}
