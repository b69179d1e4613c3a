namespace Fpe.Embedded;

/// <summary>Options for writing a model as C.</summary>
public sealed record CExportOptions
{
    /// <summary>
    /// Gets the name of the two files and the beginning of every public name: a C identifier of lower-case letters, digits and
    /// underscores. If null, the default, it is made from the name of the model: DigitsNet becomes <c>digits_net</c>.
    /// </summary>
    public string? Name { get; init; }
}
