using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Rules;

/// <summary>Rules on how the class and its properties are declared.</summary>
internal static class DeclarationRules
{
    public static readonly DiagnosticDescriptor NotPartial = Rule.Error(
        "FPE0001",
        "A model class and the types around it must be partial",
        "{0}: the {1} is not partial, so the generated members cannot be added; declare it as 'partial {2}'");

    public static readonly DiagnosticDescriptor UnsupportedClass = Rule.Error(
        "FPE0002",
        "This kind of class cannot be a model",
        "{0}: a {1} cannot be {2}; {3}");

    public static readonly DiagnosticDescriptor PropertyNotPartial = Rule.Error(
        "FPE0003",
        "A layer must be a partial property",
        "{0}: a {1} must be a partial property; declare it as '{2}'");

    public static readonly DiagnosticDescriptor PropertyNotGetOnly = Rule.Error(
        "FPE0004",
        "A layer must be an instance property with a getter only",
        "{0}: a {1} must be an instance property with a getter only, but this one {2}; declare it as '{3}'");

    public static readonly DiagnosticDescriptor NoLayers = Rule.Error(
        "FPE0005",
        "A model needs a Linear layer, and a block needs a layer",
        "{0}: the {1}; add {2}, such as '[Linear({3})] public partial Linear {4} {{ get; }}'");

    public static readonly DiagnosticDescriptor LanguageVersion = Rule.Error(
        "FPE0006",
        "Models require C# 13",
        "{0}: layers are partial properties, which require C# 13, but this project is compiled as C# {1}; remove LangVersion, or set it to 14 "
        + "(with 13, load models with ModelFile.Load<{0}>(path))");

    public static readonly DiagnosticDescriptor SpreadLayers = Rule.Error(
        "FPE0007",
        "The layers of a model or block must be in one declaration",
        "{0}: this layer and {1} are in different parts of the class, so their order is undefined; move all layers into one part");

    public static readonly DiagnosticDescriptor PropertyType = Rule.Error(
        "FPE0008",
        "The type of a layer property must be the layer's class",
        "{0}: a property with [{1}] must have the type Fpe.{4}, but its type is {2}; declare it as '{3}'");

    public static readonly DiagnosticDescriptor NameCollision = Rule.Error(
        "FPE0009",
        "A name collides with a generated or inherited member",
        "{0}: {1} collides with {2}; {3}");

    public static readonly DiagnosticDescriptor ForgottenModel = Rule.Error(
        "FPE0036",
        "A class with layers must be a model",
        "{0}: the class has layers, such as {1}, but no [Model], so nothing is generated for it; add '[Model({2})]' to it");

    public static readonly DiagnosticDescriptor SameParameterNames = Rule.Error(
        "FPE0037",
        "Layers must have different names in model files",
        "{0}: in model files, the parameters of {1} and {2} would both be named '{3}', because the first letter becomes lower case there; "
        + "rename one of the layers");

    public static readonly DiagnosticDescriptor OtherEnum = Rule.Error(
        "FPE0038",
        "The name of an Fpe enum means something else here",
        "{0}: '{1}' refers to {2} here, not to Fpe.{1}; write Fpe.{3}");
}
