using System.Text;

namespace Fpe.Distributed;

/// <summary>Lets all ranks know what only one of them can notice, such as a full disk: the others would wait for it forever.</summary>
internal static class RankFailures
{
    /// <summary>Does something that may fail on some ranks, without exchanging anything, and waits until all ranks have done it.</summary>
    /// <exception cref="RankFailedException">It failed on another rank. A rank on which it fails throws its own exception.</exception>
    public static void Share(ProcessGroup group, Action action) => Share(group, () =>
    {
        action();
        return true;
    });

    /// <inheritdoc cref="Share(ProcessGroup, Action)"/>
    public static T Share<T>(ProcessGroup group, Func<T> function)
    {
        if (group.Size == 1)
            return function();
        T result;
        try
        {
            result = function();
        }
        catch (Exception error) when (error is not RankLostException)
        {
            group.AllGather(Encoding.UTF8.GetBytes(error.Message.Length > 0 ? error.Message : error.GetType().Name));
            throw;
        }

        byte[][] problems = group.AllGather([]);
        int failed = Array.FindIndex(problems, problem => problem.Length > 0);
        return failed < 0 ? result : throw new RankFailedException(failed, Encoding.UTF8.GetString(problems[failed]));
    }
}
