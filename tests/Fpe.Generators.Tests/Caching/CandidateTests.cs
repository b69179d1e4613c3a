extern alias generators;

using generators::Fpe.Generators.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Tests.Caching;

/// <summary>After every keystroke, a class that is a model is not looked at as one whose <c>[Model]</c> may have been forgotten.</summary>
public sealed class CandidateTests
{
    [Theory]
    [InlineData("[Model(4)]", false)]
    [InlineData("[Block(4)]", false)]
    [InlineData("[ModelAttribute(4)]", false)]
    [InlineData("[BlockAttribute(4)]", false)]
    [InlineData("[Fpe.Model(4)]", false)]
    [InlineData("[global::Model(4)]", false)]
    [InlineData("[System.Serializable, Model(4)]", false)]
    [InlineData("[System.Serializable]", true)]
    [InlineData("[ModelBinder]", true)]
    [InlineData("", true)]
    public void Properties_of_models_are_no_candidates(string attributes, bool isCandidate)
    {
        SyntaxNode[] nodes = [.. CSharpSyntaxTree.ParseText($"{attributes} class Net {{ int Size {{ get; }} int Count() => 1; }}").GetRoot().DescendantNodes()];
        Assert.Equal(isCandidate, ForgottenModelCheck.IsCandidate(nodes.OfType<PropertyDeclarationSyntax>().Single()));
        Assert.All(nodes.Where(node => node is not PropertyDeclarationSyntax), node => Assert.False(ForgottenModelCheck.IsCandidate(node)));
    }
}
