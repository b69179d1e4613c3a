namespace Fpe.Generators.Model;

/// <summary>
/// A model with errors. Its emitted members only throw: they keep the compiler from adding its own errors about missing
/// members to the ones that are reported.
/// </summary>
/// <param name="Type">The class that receives the members.</param>
/// <param name="IsModel">Whether the class can get the base class and the constructors of a model.</param>
/// <param name="IsUsable">Whether it can get the constants and methods of a model too, because no name collides with them.</param>
/// <param name="HasImages">Whether a sample is an image, which adds constants for its shape.</param>
/// <param name="HasTables">Whether there is a table of tokens, which adds a constant for its size.</param>
/// <param name="Properties">The partial properties that have no implementation.</param>
internal sealed record BrokenModelSpec(TypeSpec Type, bool IsModel, bool IsUsable, bool HasImages, bool HasTables, ValueList<BrokenPropertySpec> Properties)
    : EmittedType(Type);

/// <summary>A layer property of a model with errors.</summary>
/// <param name="Modifiers">Its modifiers except <c>partial</c>.</param>
/// <param name="TypeName">Its type, fully qualified.</param>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Accessors">Its accessors, such as <c>get</c> and <c>private set</c>.</param>
internal sealed record BrokenPropertySpec(string Modifiers, string TypeName, string Name, ValueList<string> Accessors);
