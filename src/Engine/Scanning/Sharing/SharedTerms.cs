using System.Runtime.InteropServices;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>The terms of many filters over the same batch: each is looked at once a row at the most, whoever asks.</summary>
sealed class SharedTerms
{
    readonly Dictionary<string, Term> _byText = new(StringComparer.Ordinal);
    readonly List<Term> _used = [];
    Batch _batch = new(0, []);

    /// <summary>A filter over shared terms.</summary>
    internal Node Add(Predicate predicate, RunContext run) => predicate switch
    {
        AndPredicate and => new AndNode([.. and.Terms.Select(term => Add(term, run))]),
        OrPredicate or => new OrNode([.. or.Terms.Select(term => Add(term, run))]),
        NotPredicate not => new NotNode(Add(not.Term, run)),
        _ => TermOf(predicate, run),
    };

    /// <summary>The rows are those of another batch from now on.</summary>
    internal void Start(Batch batch)
    {
        foreach (var term in _used) term.Forget();
        _used.Clear();
        _batch = batch;
    }

    Term TermOf(Predicate predicate, RunContext run)
    {
        ref var term = ref CollectionsMarshal.GetValueRefOrAddDefault(_byText, predicate.ToString()!, out _);
        return term ??= new Term(this, PredicateBinder.Rebind([predicate]).Open(run));
    }

    internal abstract class Node
    {
        internal abstract bool Matches(int row);
    }

    sealed class AndNode(Node[] terms) : Node
    {
        internal override bool Matches(int row)
        {
            foreach (var term in terms)
                if (!term.Matches(row)) return false;
            return true;
        }
    }

    sealed class OrNode(Node[] terms) : Node
    {
        internal override bool Matches(int row)
        {
            foreach (var term in terms)
                if (term.Matches(row)) return true;
            return false;
        }
    }

    sealed class NotNode(Node term) : Node
    {
        internal override bool Matches(int row) => !term.Matches(row);
    }

    sealed class Term(SharedTerms terms, PredicateRun predicate) : Node
    {
        const byte No = 1;
        const byte Yes = 2;

        byte[] _known = [];
        bool _isUsed;

        internal override bool Matches(int row)
        {
            if (!_isUsed) Begin();
            ref var known = ref _known[row];
            if (known == 0) known = predicate.Matches(row) ? Yes : No;
            return known == Yes;
        }

        internal void Forget() => _isUsed = false;

        void Begin()
        {
            _isUsed = true;
            terms._used.Add(this);
            if (_known.Length < terms._batch.Count) _known = new byte[terms._batch.Count];
            else Array.Clear(_known, 0, terms._batch.Count);
            predicate.Start(terms._batch);
        }
    }
}
