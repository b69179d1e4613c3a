namespace Fpe.Generators.Rules;

/// <summary>Keys and values of the data that findings pass to the code fixes.</summary>
internal static class FixData
{
    /// <summary>Key: the numbers that fit instead of the one at the squiggle, separated by semicolons.</summary>
    public const string Numbers = nameof(Numbers);

    /// <summary>Key: the layer class that the type at the squiggle must be.</summary>
    public const string Type = nameof(Type);

    /// <summary>Key: the layer that was intended at the squiggle.</summary>
    public const string Name = nameof(Name);

    /// <summary>Key: the enum that was intended at the squiggle.</summary>
    public const string Enum = nameof(Enum);

    /// <summary>Key: the attribute to add after the one at the squiggle.</summary>
    public const string Add = nameof(Add);

    /// <summary>Key: the arguments that <c>[Model]</c> needs.</summary>
    public const string ModelArguments = nameof(ModelArguments);

    /// <summary>Key: what to remove at the squiggle, <see cref="Argument"/>, <see cref="Attribute"/> or <see cref="Activation"/>.</summary>
    public const string Remove = nameof(Remove);

    public const string Argument = nameof(Argument);

    public const string Attribute = nameof(Attribute);

    /// <summary>The attribute, or the other activation of the property.</summary>
    public const string Activation = nameof(Activation);
}
