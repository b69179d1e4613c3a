using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A use of an attribute of the language: its arguments and their locations.</summary>
internal sealed class DeclaredAttribute
{
    private readonly AttributeData data;
    private readonly AttributeSyntax syntax;

    private DeclaredAttribute(string name, AttributeData data, AttributeSyntax syntax)
    {
        Name = name;
        this.data = data;
        this.syntax = syntax;
    }

    /// <summary>The name without <c>Attribute</c>.</summary>
    public string Name { get; }

    public Location Location => syntax.GetLocation();

    /// <summary>The values of the arguments as written in the source.</summary>
    public IEnumerable<ExpressionSyntax> Expressions => Arguments.Select(argument => argument.Expression);

    private IEnumerable<AttributeArgumentSyntax> Arguments => syntax.ArgumentList?.Arguments ?? [];

    /// <summary>Returns the language's attributes on a class or property in source order; other attributes are skipped.</summary>
    public static List<DeclaredAttribute> AllOn(ISymbol symbol)
    {
        var found = new List<DeclaredAttribute>();
        foreach (AttributeData data in symbol.GetAttributes())
        {
            const string Suffix = "Attribute";
            if (data.AttributeClass is { ContainingNamespace: { Name: AttributeNames.Namespace } space } type
                && space.ContainingNamespace.IsGlobalNamespace
                && type.Name.EndsWith(Suffix, System.StringComparison.Ordinal)
                && data.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax syntax)
            {
                found.Add(new(type.Name.Substring(0, type.Name.Length - Suffix.Length), data, syntax));
            }
        }

        return found;
    }

    /// <summary>Returns the value of an argument; null if it cannot be read, which the compiler reports.</summary>
    public T? Value<T>(string argument, T fallback)
        where T : struct
    {
        if (!TryFind(argument, out TypedConstant constant))
            return Has(argument) || data.AttributeConstructor is null ? null : fallback;
        return constant.Kind != TypedConstantKind.Array && constant.Value is T value ? value : null;
    }

    /// <summary>Returns the elements of the only argument, an array, each with its location; null if it cannot be read.</summary>
    public IReadOnlyList<(int Value, Location Location)>? Elements()
    {
        if (data.AttributeConstructor is null || data.ConstructorArguments.Length != 1)
            return null;
        TypedConstant array = data.ConstructorArguments[0];
        if (array.Kind != TypedConstantKind.Array)
            return null;
        if (array.IsNull)
            return [];

        List<Location> locations = ElementLocations();
        var elements = new List<(int, Location)>(array.Values.Length);
        foreach (TypedConstant element in array.Values)
        {
            if (element.Value is not int value)
                return null;
            elements.Add((value, locations.Count == array.Values.Length ? locations[elements.Count] : Location));
        }

        return elements;
    }

    /// <summary>Returns the text of an argument with its location; null if it is omitted or null.</summary>
    /// <param name="argument">The name of the argument.</param>
    /// <param name="isReadable">Whether it can be read; if not, the compiler reports it.</param>
    public DeclaredSource? Text(string argument, out bool isReadable)
    {
        bool isFound = TryFind(argument, out TypedConstant constant);
        isReadable = data.AttributeConstructor is not null && (isFound ? constant.Kind == TypedConstantKind.Primitive : !Has(argument));
        return isReadable && constant.Value is string text ? new DeclaredSource(text, LocationOf(argument)) : null;
    }

    /// <summary>
    /// Returns the strings that are passed to the constructor, individually or as an array, each with its location; null if they cannot be
    /// read.
    /// </summary>
    public IReadOnlyList<DeclaredSource>? Texts()
    {
        if (data.AttributeConstructor is null)
            return null;
        var constants = new List<TypedConstant>();
        foreach (TypedConstant argument in data.ConstructorArguments)
        {
            if (argument.Kind != TypedConstantKind.Array)
                constants.Add(argument);
            else if (!argument.IsNull)
                constants.AddRange(argument.Values);
        }

        if (constants.Any(constant => constant.Kind != TypedConstantKind.Primitive))
            return null;
        AttributeArgumentSyntax[] written = [.. Arguments.Where(argument => argument.NameEquals is null)];
        bool isInOrder = written.Length == constants.Count && written.All(argument => argument.NameColon is null);
        return [.. constants.Select((constant, i) => new DeclaredSource(
            constant.Value as string ?? string.Empty, isInOrder ? written[i].Expression.GetLocation() : Location))];
    }

    /// <summary>Whether the arguments fit a constructor; if not, the compiler reports it.</summary>
    public bool IsReadable => data.AttributeConstructor is not null;

    /// <summary>Whether the constructor that is called has a parameter of this name.</summary>
    public bool Takes(string parameter) => data.AttributeConstructor?.Parameters.Any(declared => declared.Name == parameter) == true;

    /// <summary>Whether an argument is specified.</summary>
    public bool Has(string argument) => Find(argument) is not null;

    /// <summary>Returns the location of an argument's value, or of the attribute if the argument is omitted.</summary>
    public Location LocationOf(string argument) => Find(argument)?.Expression.GetLocation() ?? Location;

    /// <summary>Returns the location of an argument, including its name.</summary>
    public Location LocationOfWhole(string argument) => Find(argument)?.GetLocation() ?? Location;

    /// <summary>Returns an argument as written in the source.</summary>
    public string TextOf(string argument) => Find(argument)?.Expression.ToString() ?? string.Empty;

    private bool TryFind(string argument, out TypedConstant constant)
    {
        IReadOnlyList<IParameterSymbol> parameters = data.AttributeConstructor?.Parameters ?? [];
        for (int i = 0; i < parameters.Count && i < data.ConstructorArguments.Length; i++)
        {
            if (parameters[i].Name == argument)
            {
                constant = data.ConstructorArguments[i];
                return true;
            }
        }

        foreach (KeyValuePair<string, TypedConstant> named in data.NamedArguments)
        {
            if (named.Key == argument)
            {
                constant = named.Value;
                return true;
            }
        }

        constant = default;
        return false;
    }

    private AttributeArgumentSyntax? Find(string argument)
    {
        int position = 0;
        foreach (AttributeArgumentSyntax written in Arguments)
        {
            string? name = written.NameEquals?.Name.Identifier.ValueText
                ?? written.NameColon?.Name.Identifier.ValueText
                ?? data.AttributeConstructor?.Parameters.ElementAtOrDefault(position)?.Name;
            if (name == argument)
                return written;
            position++;
        }

        return null;
    }

    private List<Location> ElementLocations()
    {
        ExpressionSyntax[] written = [.. Expressions];
        IEnumerable<SyntaxNode> elements = written.FirstOrDefault() switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } list } => list.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            CollectionExpressionSyntax collection => collection.Elements,
            _ => written,
        };
        return [.. elements.Select(element => element.GetLocation())];
    }
}
