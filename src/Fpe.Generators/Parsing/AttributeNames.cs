namespace Fpe.Generators.Parsing;

/// <summary>Names of the language's attributes and of their arguments, as they stand in <c>Fpe.Dsl</c>.</summary>
internal static class AttributeNames
{
    public const string Namespace = "Fpe";
    public const string ModelMetadataName = "Fpe.ModelAttribute";
    public const string LinearMetadataName = "Fpe.LinearAttribute";
    public const string RuntimeModelMetadataName = "Fpe.Model";

    public const string Model = nameof(Model);
    public const string NonZeroBudget = nameof(NonZeroBudget);
    public const string Linear = nameof(Linear);
    public const string Conv2d = nameof(Conv2d);
    public const string MaxPool2d = nameof(MaxPool2d);
    public const string Flatten = nameof(Flatten);
    public const string Dropout = nameof(Dropout);
    public const string Expand = nameof(Expand);
    public const string Clause = nameof(Clause);

    public const string Inputs = "inputs";
    public const string Channels = "channels";
    public const string Height = "height";
    public const string Width = "width";
    public const string CountBiases = nameof(CountBiases);
    public const string Count = "count";
    public const string Neurons = "neurons";
    public const string Filters = "filters";
    public const string Kernel = "kernel";
    public const string Stride = nameof(Stride);
    public const string Padding = nameof(Padding);
    public const string Rate = "rate";
    public const string Factor = "factor";
    public const string Strategy = "strategy";
    public const string Share = nameof(Share);
    public const string Outgoing = nameof(Outgoing);
    public const string Within = nameof(Within);

    /// <summary>Whether an attribute makes a property a layer.</summary>
    public static bool IsLayer(string attribute) => attribute is Linear or Conv2d or MaxPool2d or Flatten or Dropout;
}
