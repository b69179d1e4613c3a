namespace Fpe.Generators.Model;

/// <summary>The class that receives generated members, and the declarations that must surround it.</summary>
/// <param name="HintName">The name of the emitted file, unique in the project.</param>
/// <param name="Namespace">The namespace, escaped; empty for the global namespace.</param>
/// <param name="Containers">The headers of the types around the class, outermost first, such as <c>partial struct Outer&lt;T&gt;</c>.</param>
/// <param name="Header">The header of the class, such as <c>partial class Net&lt;T&gt;</c>.</param>
/// <param name="Name">The name of the class without a leading @ or type parameters.</param>
/// <param name="MetadataName">Its full name in metadata, such as <c>Samples.Outer+Net`1</c>.</param>
/// <param name="Reference">The name by which code inside the class refers to it, such as <c>@class&lt;T&gt;</c>.</param>
/// <param name="OwnLoader">A member that its author gave the name of an emitted method that loads a trained model; null if there is none.</param>
internal sealed record TypeSpec(
    string HintName, string Namespace, ValueList<string> Containers, string Header, string Name, string MetadataName, string Reference, string? OwnLoader);
