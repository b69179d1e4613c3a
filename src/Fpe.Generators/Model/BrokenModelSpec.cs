namespace Fpe.Generators.Model;

/// <summary>
/// A model or block with errors. Its emitted members only throw: they keep the compiler from adding its own errors about missing
/// members to the ones that are reported.
/// </summary>
/// <param name="Type">The class that receives the members.</param>
/// <param name="IsBlock">Whether the class is a block.</param>
/// <param name="CanBeModel">Whether the class can get the constructors and, if it is a model, the base class.</param>
/// <param name="IsUsable">Whether it can get the constants and methods too, because no name collides with them.</param>
/// <param name="HasImages">Whether a sample is an image, which adds constants for its shape.</param>
/// <param name="HasTables">Whether there is a table of tokens, which adds a constant for its size.</param>
/// <param name="Properties">The partial properties that have no implementation.</param>
internal sealed record BrokenModelSpec(TypeSpec Type, bool IsBlock, bool CanBeModel, bool IsUsable, bool HasImages, bool HasTables, ValueList<BrokenPropertySpec> Properties)
    : EmittedType(Type)
{
    /// <summary>Whether there is a trained model in the assembly, which adds methods that load it.</summary>
    public bool IsEmbedded { get; init; }
}

/// <summary>A property of a model or block with errors that declares a layer or uses a block.</summary>
/// <param name="Modifiers">Its modifiers except <c>partial</c>.</param>
/// <param name="TypeName">Its type, fully qualified.</param>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Accessors">Its accessors, such as <c>get</c> and <c>private set</c>.</param>
internal sealed record BrokenPropertySpec(string Modifiers, string TypeName, string Name, ValueList<string> Accessors);
